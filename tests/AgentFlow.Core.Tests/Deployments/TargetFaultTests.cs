using AgentFlow.Deployments.Lead;
using AgentFlow.Deployments.Routes;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Deployments;

public sealed class TargetFaultTests
{
    private static readonly Deployment s_hidden = new() { Id = "dpl_1", ProjectId = "prj_1", State = "READY", Target = "preview", CreatedAt = DateTimeOffset.UnixEpoch };

    [Fact]
    public void A_deployment_without_an_address_cannot_be_probed()
    {
        Assert.Equal(FaultId.DeploymentWithoutAddress, Assert.Throws<AfFaultException>(() => RouteTarget.For(new() { Name = "a" }, s_hidden)).Id);
        Assert.Equal(FaultId.DeploymentWithoutAddress, Assert.Throws<AfFaultException>(() => LeadTarget.For(s_hidden)).Id);
    }
}
