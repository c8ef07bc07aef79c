using AgentFlow.Faults;
using AgentFlow.Rotation;
using AgentFlow.Rotation.Steps;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>What a rotation refuses before it changes anything, each with its id.</summary>
public sealed class RotationFaultTests
{
    [Fact]
    public async Task What_is_in_the_way_blocks_before_the_first_write()
    {
        World world = new(CredentialKind.GeneratedSecret) { Frozen = [new() { Code = BlockerCode.IncidentOpen, Reason = "An incident is open." }] };
        await ExpectAsync(FaultId.RotationBlocked, () => world.Engine().StartAsync(world.Config, null, false, null, CancellationToken.None));
        Assert.Equal(0, world.Wire.Writes);
    }

    [Fact]
    public async Task A_plan_that_is_no_longer_true_is_refused()
    {
        World world = new(CredentialKind.GeneratedSecret);
        RotationPlan plan = await world.Engine().PlanAsync(world.Config, false, CancellationToken.None);
        await ExpectAsync(FaultId.RotationPlanStale, () => world.Engine().StartAsync(world.Config, plan with { Hash = new('0', 64) }, false, null, CancellationToken.None));
        Assert.Equal(0, world.Wire.Writes);
    }

    [Fact]
    public async Task There_is_nothing_to_complete_before_a_rotation()
    {
        World world = new(CredentialKind.GeneratedSecret);
        await ExpectAsync(FaultId.RotationNotFound, () => world.Engine().ResumeAsync(world.Config, false, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_build_that_does_not_get_healthy_proves_nothing()
    {
        World world = new(CredentialKind.GeneratedSecret);
        world.Host.Unhealthy = "/ answers 500.";
        await ExpectAsync(FaultId.RotationProofFailed, () => new ReleaseMoves(world.Ports(), new() { PollEvery = TimeSpan.FromSeconds(2) }).RequireHealthyAsync(new("https://build.example"), CancellationToken.None));
    }

    [Fact]
    public void Names_targets_parts_and_values_are_checked_first()
    {
        AfConfig config = new() { Name = "agentflow" };
        Expect(FaultId.RotationCredentialUnknown, () => CredentialBook.Find(config, "nothing"));
        Expect(FaultId.RotationStateRefused, () => CredentialBook.RequireTarget(config, "another", promptIsOff: false));
        Expect(FaultId.RotationStateRefused, () => CredentialBook.RequireTarget(config, null, promptIsOff: true));
        CredentialBook.RequireTarget(config, "agentflow", promptIsOff: true);
        using CredentialParts parts = CredentialParts.Of(Secret.FromChars("value"));
        Expect(FaultId.RotationInputInvalid, () => parts["password"]);
        Expect(FaultId.RotationValueRefused, () => ValueGuard.Check(Secret.FromChars("value "), "SECRET"));
        Expect(FaultId.SlotUnreadable, () => CredentialParts.Unpack([1, 2, 3]));
    }

    private static void Expect(string id, Func<object> act) => Assert.Equal(id, Assert.Throws<AfFaultException>(() => { act(); }).Id);

    private static void Expect(string id, Action act) => Assert.Equal(id, Assert.Throws<AfFaultException>(act).Id);

    private static async Task ExpectAsync(string id, Func<Task> act) => Assert.Equal(id, (await Assert.ThrowsAsync<AfFaultException>(act)).Id);
}
