using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Judges what helpers behind policies said.</summary>
internal static class HelperVerdicts
{
    public static IEnumerable<RlsFinding> Judge(BehaviourObservations observed)
    {
        foreach (IGrouping<HelperShape, HelperObservation> helper in observed.Helpers.GroupBy(seen => seen.Helper))
        {
            string signature = helper.Key.Routine.Signature;
            if (helper.Where(seen => seen.Wrong.Count > 0).OrderByDescending(seen => seen.Wrong.Count(tenant => !seen.Principal.InactiveTenants.Contains(tenant))).FirstOrDefault() is { } worst)
            {
                string what = worst.Wrong.Any(tenant => !worst.Principal.InactiveTenants.Contains(tenant)) ? "a tenant that it has nothing to do with" : "a tenant where its membership does not count";
                yield return Findings.Fail(RlsChecks.Helper, signature, $"{signature} gives a caller of the kind \"{worst.Principal.Class}\" {what}; {helper.Count(seen => seen.Wrong.Count > 0)} of {helper.Count()} callers get too much.", $"Make {signature} give only tenants of active memberships of the caller.");
            }
            else if (helper.FirstOrDefault(IgnoresRole) is { } ignored)
            {
                yield return Findings.Fail(RlsChecks.Helper, signature, $"{signature}, asked for the highest role only, gives a caller of the kind \"{ignored.Principal.Class}\" a tenant where it has the lowest: the role is not checked.", $"Compare the membership's role with the argument in {signature}.");
            }

            List<HelperObservation> members = [.. helper.Where(seen => seen.Principal.ActiveTenants.Count > 0)];
            if (members.Count > 0 && members.All(seen => !seen.Granted.Any(seen.Principal.ActiveTenants.Contains)))
            {
                HelperObservation? failed = members.FirstOrDefault(seen => seen.Error is not null);
                yield return Findings.Fail(RlsChecks.Helper, signature, failed is null ? $"{signature} gives none of {members.Count} active members their tenant, so policies that ask it hide everything." : $"{signature} fails for active members ({failed.Error!.Refusal}), so policies that ask it fail.",
                    $"Compare the condition of {signature} with the values that memberships really hold.");
            }
        }
    }

    private static bool IgnoresRole(HelperObservation seen)
    {
        if (seen.GrantedAsHighest is not { } granted || seen.Principal.Memberships.Where(membership => membership.Active).Select(membership => membership.Role).OfType<string>().ToList() is not { Count: > 0 })
        {
            return false;
        }

        return granted.Any(tenant => seen.Principal.RoleIn(tenant) is { } role && NameSense.Rank(role) is > 6 and not int.MaxValue);
    }
}
