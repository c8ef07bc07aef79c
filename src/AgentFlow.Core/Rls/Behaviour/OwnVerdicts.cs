using AgentFlow.Checks;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Data;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Judges over-restriction: members who do not see or cannot write what the grants mean them to.</summary>
internal sealed class OwnVerdicts(RlsScene scene, IReadOnlyList<TruthTable> truths, BehaviourObservations observed)
{
    private readonly CauseFinder _causes = new(scene, observed.Helpers);

    /// <summary>Relations that members may read and do not.</summary>
    public IEnumerable<RlsFinding> Reads()
    {
        Dictionary<string, (List<RlsRelation> Relations, RlsCause Cause, string Sentence)> shared = [];
        foreach (IGrouping<long, ReadObservation> group in observed.Reads.Where(read => read.Relation.Relation is { IsTable: true } && read.Principal.ActiveTenants.Count > 0).GroupBy(read => read.Relation.Relation.Oid))
        {
            List<ReadObservation> reads = [.. group];
            TenantRelation relation = reads[0].Relation;
            if (scene.Graph.Relation(group.Key)?.Parent is not null)
            {
                continue;
            }

            if (reads.FirstOrDefault(read => read.Error is { State: not null } error && !IsForged(error)) is { } failed)
            {
                (string target, string sentence) = Failure(relation, reads, failed);
                if (target == relation.FullName)
                {
                    yield return Fail(RlsChecks.OwnRead, relation.Relation, sentence, Fix(failed.Error!), "rows", $"SQLSTATE {failed.Error!.State}");
                }
                else
                {
                    Add(shared, target, relation.Relation, new(target, sentence, Fix(failed.Error!), true), sentence);
                }

                continue;
            }

            List<ReadObservation> eligible = [.. reads.Where(read => read.Principal.ActiveTenants.Any(tenant => Truth(relation, tenant) > 0))];
            if (eligible.Count == 0)
            {
                continue;
            }

            if (eligible.All(read => read.Own.Values.Sum() == 0))
            {
                RlsCause cause = _causes.OfDenial(relation, eligible[0].Principal.Role, "r");
                string sentence = $"None of {eligible.Count} members sees a row of its own tenant in {relation.FullName}, which has some and is granted: {cause.Words}.";
                if (cause.IsShared)
                {
                    Add(shared, cause.Target, relation.Relation, cause, sentence);
                }
                else
                {
                    yield return Fail(RlsChecks.OwnRead, relation.Relation, sentence, cause.Fix, "its own rows", "0 rows");
                }
            }
            else if (Lopsided(relation, eligible) is { } twin)
            {
                RlsCause cause = _causes.OfDenial(relation, twin.Blind.Principal.Role, "r");
                yield return Fail(RlsChecks.OwnRead, relation.Relation, $"A caller of the kind \"{twin.Blind.Principal.Class}\" sees nothing of one of its tenants in {relation.FullName}, while its like in another tenant sees all: {cause.Words}.", cause.Fix, "its own rows", "0 rows");
            }
        }

        foreach ((List<RlsRelation> relations, RlsCause cause, string sentence) in shared.Values)
        {
            string others = relations.Count > 1 ? $" The same in {List(relations.Skip(1).Select(relation => relation.FullName).Take(6))}." : string.Empty;
            yield return new(RlsChecks.OwnRead, cause.Target, CheckFinding.Fail(sentence + others, "its own rows", "0 rows", cause.Fix)) { Relation = relations[0], Also = [.. relations.Skip(1)] };
        }
    }

    /// <summary>Writes that are granted and succeed for nobody.</summary>
    public IEnumerable<RlsFinding> Writes()
    {
        foreach (IGrouping<(long Oid, WriteKind Kind), WriteObservation> group in observed.Writes.Where(write => write.Kind is WriteKind.InsertOwn or WriteKind.UpdateOwn or WriteKind.DeleteOwn).GroupBy(write => (write.Relation.Relation.Oid, write.Kind)))
        {
            List<WriteObservation> writes = [.. group];
            bool tried = writes.All(write => write.Outcome is WriteOutcome.Refused or WriteOutcome.Hidden or WriteOutcome.NoPrivilege);
            string top = scene.Model.Membership?.Roles is [{ } highest, ..] ? highest : string.Empty;
            bool fair = top.Length == 0 || writes.Any(write => write.Principal.RoleIn(write.Tenant) == top);
            if (tried && fair && !PerUser(writes[0].Relation))
            {
                string verb = group.Key.Kind switch { WriteKind.InsertOwn => "insert into", WriteKind.UpdateOwn => "update a row of", _ => "delete a row of" };
                RlsCause cause = _causes.OfDenial(writes[0].Relation, writes[0].Principal.Role, writes[0].Command);
                WriteObservation? refused = writes.FirstOrDefault(write => write.Outcome == WriteOutcome.NoPrivilege);
                yield return Warn(RlsChecks.OwnWrite, writes[0].Relation.Relation, $"None of {writes.Count} members, the highest role among them, can {verb} {writes[0].Relation.FullName} in its own tenant, although the command is granted: {(refused is null ? cause.Words : refused.Answer.Refusal)}.", cause.Fix);
            }
        }
    }

    private static void Add(Dictionary<string, (List<RlsRelation> Relations, RlsCause Cause, string Sentence)> shared, string key, RlsRelation relation, RlsCause cause, string sentence)
    {
        if (!shared.TryGetValue(key, out (List<RlsRelation> Relations, RlsCause Cause, string Sentence) held))
        {
            shared[key] = held = ([], cause, sentence);
        }

        held.Relations.Add(relation);
    }

    private (string Target, string Sentence) Failure(TenantRelation relation, List<ReadObservation> reads, ReadObservation failed)
    {
        RlsAnswer error = failed.Error!;
        int count = reads.Count(read => read.Error is not null);
        string who = count == reads.Count ? "Every member's query" : $"The query of a caller of the kind \"{failed.Principal.Class}\"";
        string policies = List(scene.Graph.Applicable(relation.Relation, failed.Principal.Role, "r").Select(policy => $"\"{policy.Name}\"").Take(3));
        string why = error.State switch
        {
            "42P17" => $"its policies {policies} ask the table itself and recurse without end (42P17)",
            "54001" => $"its policies {policies} recurse until the stack is full (54001)",
            "21000" => $"a policy ({policies}) uses a sub-query as one value and got several rows (21000)",
            "42501" => error.Refusal + " (42501)",
            _ => $"a policy ({policies}) fails with SQLSTATE {error.State}",
        };
        string target = relation.FullName;
        if (error.State == "42501" && error.Refusal.StartsWith("permission denied for function ", StringComparison.Ordinal))
        {
            string name = error.Refusal["permission denied for function ".Length..];
            target = scene.Graph.Policies(relation.Relation).SelectMany(scene.Graph.Helpers).FirstOrDefault(routine => routine.Name == name)?.Signature ?? target;
        }
        else if (error.State == "42501" && error.Refusal.StartsWith("permission denied for schema ", StringComparison.Ordinal))
        {
            target = error.Refusal["permission denied for ".Length..];
        }

        return (target, $"{who} on {relation.FullName} fails: {why}.");
    }

    private static string Fix(RlsAnswer error) => error.State switch
    {
        "42P17" or "54001" => "Ask the membership through a SECURITY DEFINER helper with search_path = '' instead of a sub-query on the same table.",
        "21000" => "Write in (select …) instead of = (select …).",
        "42501" => "Grant the missing privilege, or ask through a SECURITY DEFINER helper.",
        _ => "Run the query as that kind of caller: Trace-AfRlsDecision.",
    };

    // A policy that parses what a client sent fails on nonsense, and that is right.
    private static bool IsForged(RlsAnswer error) => error.State is "22P02" or "22023" or "22030";

    private (ReadObservation Blind, string Tenant)? Lopsided(TenantRelation relation, List<ReadObservation> reads)
    {
        if (relation.Path == TenantPath.Parent || PerUser(relation) || ReadsClaims(relation))
        {
            return null;
        }

        foreach (ReadObservation read in reads)
        {
            foreach (string tenant in read.Principal.ActiveTenants.Where(tenant => Truth(relation, tenant) > 0 && read.Own.GetValueOrDefault(tenant) == 0))
            {
                string? role = read.Principal.RoleIn(tenant);
                bool like = reads.Any(other => other.Principal.ActiveTenants.Any(theirs => other.Principal.RoleIn(theirs) == role && Truth(relation, theirs) > 0 && other.Own.GetValueOrDefault(theirs) == Truth(relation, theirs)));
                if (like)
                {
                    return (read, tenant);
                }
            }
        }

        return null;
    }

    // Rows of single users: that a sampled user has none says nothing.
    private bool PerUser(TenantRelation relation)
    {
        HashSet<int> users = [.. relation.UserColumns.Select(column => column.Number)];
        return scene.Graph.Policies(relation.Relation).Any(policy => policy.Columns.Any(users.Contains));
    }

    private bool ReadsClaims(TenantRelation relation) => scene.Graph.Policies(relation.Relation).Any(policy => new[] { scene.Reading(policy) }.Concat(scene.Graph.Helpers(policy).Select(scene.Graph.Reading))
        .Any(reading => ClientInputs.ReadsClientInput(reading) || reading.Literals().Any(literal => literal.Contains("app_metadata", StringComparison.Ordinal))));

    // Of a sample only the rows that were tried count.
    private long Truth(TenantRelation relation, string tenant) => observed.Witnesses.TryGetValue(relation.Relation.Oid, out IReadOnlyList<WitnessRow>? tried)
        ? tried.Count(row => row.Tenant == tenant)
        : truths.FirstOrDefault(truth => truth.Relation == relation)?.Of(tenant) ?? 0;
}
