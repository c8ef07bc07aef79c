using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Source hosting, package registries, build services.</summary>
internal static class SourceRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("github-token", "GitHub personal, OAuth, user, server or refresh token (ghp_, gho_, ghu_, ghs_, ghr_)",
            "ghp_{A:30+}", "gho_{A:30+}", "ghu_{A:30+}", "ghs_{A:30+}", "ghr_{A:30+}"),
        Of("github-fine-grained-token", "GitHub fine-grained personal access token", "github_pat_{s:50+}"),
        Of("github-app-token", "GitHub installation token of the old form", "^v1.{h:40!}"),
        Of("gitlab-token", "GitLab personal, deploy, runner, job, trigger, feed, agent, SCIM or feature-flag token",
            "glpat-{w:20+}", "glpat-{w:20+}.{a:2}.{a:7+}", "gldt-{w:20+}", "glrt-{w:20+}", "glrtr-{w:20+}", "glcbt-{w:20+}", "glptt-{w:20+}", "glft-{w:20+}",
            "glimt-{w:20+}", "glagent-{w:40+}", "gloas-{w:40+}", "glsoat-{w:20+}", "glffct-{w:20+}", "glwt-{w:20+}", "GR1348941{w:20+}", "glrt-{w:20+}.{a:2}.{a:7+}"),
        Of("bitbucket-token", "Bitbucket or Atlassian app password, repository or API token (ATBB, ATCTT3, ATATT3)",
            "^ATBB{A:24+}", "ATCTT3{w:40+}", "ATCTT3{w:40+}={X:8}", "ATATT3{w:40+}", "ATATT3{w:40+}={X:8}", "ATSTT3{w:40+}", "ATOTT3{w:40+}"),
        Of("azure-devops-token", "Azure DevOps personal access token", "^{A:76}AZDO{A:4!}"),
        Of("sourcegraph-token", "Sourcegraph access token", "sgp_{H:16}_{H:40}", "sgp_local_{H:40}", "sgp_{A:16}_local_{H:40}", "sgp_{H:40!}", "slk_{H:64}", "sgd_{H:64}"),
        Of("npm-token", "npm access token", "npm_{A:30+}"),
        Of("pypi-token", "PyPI upload token", "pypi-AgE{w:50+}"),
        Of("rubygems-key", "RubyGems API key", "rubygems_{h:48}"),
        Of("nuget-key", "NuGet API key", "^oy2{a:43}"),
        Of("crates-token", "crates.io token", "^cio{A:32!}"),
        Of("clojars-token", "Clojars deploy token", "CLOJARS_{a:60}"),
        Of("packagist-token", "Packagist token", "packagist_out_{h:60+}", "packagist_uut_{h:60+}", "packagist_ort_{h:60+}"),
        Of("artifactory-token", "JFrog Artifactory API key or reference token", "^AKCp{A:60+}", "^cmVmdGtu{A:56}"),
        Of("openvsx-token", "Open VSX token", "ovsxp_{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "ovsxat_{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("docker-token", "Docker Hub personal or organisation access token", "dckr_pat_{w:24+}", "dckr_oat_{w:24+}"),
        Of("circleci-token", "CircleCI token", "CCIPAT_{A:10+}_{H:40}", "CCIPRJ_{A:10+}_{H:40}"),
        Of("buildkite-token", "Buildkite user or agent token", "^bkua_{a:40}", "^bkaj_{w:30+}", "^bkct_{w:30+}"),
        Of("sonar-token", "SonarQube or SonarCloud token", "^squ_{h:40}", "^sqp_{h:40}", "^sqa_{h:40}", "^sqco_{h:40}"),
        Of("snyk-token", "Snyk token", "snyk_uat.{h:8}.{w:20+}", "snyk_sat.{h:8}.{w:20+}"),
        Of("chromatic-token", "Chromatic project token", "^chpt_{a:10+}"),
        Of("terraform-token", "Terraform Cloud or HCP token", "{A:14}.atlasv1.{t:60+}"),
        Of("pulumi-token", "Pulumi access token", "^pul-{h:40}"),
        Of("harness-token", "Harness token", "^pat.{w:22}.{H:24}.{A:20}", "^sat.{w:22}.{H:24}.{A:20}"),
        Of("octopus-key", "Octopus Deploy API key", "^API-{U:26-40!}"),
        Of("jetbrains-token", "JetBrains permanent token", "perm:{k:10+}.{k:10+}.{k:20+}", "perm-{k:10+}.{k:10+}.{k:20+}"),
        Of("prefect-token", "Prefect token", "^pnu_{A:36}", "^pnb_{A:36}"),
        Of("dbt-token", "dbt Cloud token", "^dbtc_{w:30+}", "^dbtu_{w:30+}"),
        Of("postman-key", "Postman API or collection key", "PMAK-{H:24}-{H:34}", "PMAT-{U:26}"),
        Of("readme-key", "ReadMe API key", "rdme_{a:60+}"),
        Of("depot-token", "Depot token", "depot_project_{A:32+}", "depot_user_{A:32+}", "depot_org_{A:32+}"),
    ];
}
