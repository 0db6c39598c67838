using System.Text.RegularExpressions;
using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Deployment;

/// <summary>docker-compose.yml is whole: no container engine is at hand to tell.</summary>
public sealed partial class ComposeSpecs
{
    /// <summary>The containers reach one another by other means than a process on its own.</summary>
    private static readonly string[] OtherDefaults = ["AUTH_ANONYMOUS", "ALLOWED_HOSTS", "OUTBOX_LANE"];

    /// <summary>Given to the program in parts, by compose itself, or not needed in a container.</summary>
    private static readonly string[] NotPassedOn =
    [
        "BIND", "DATABASE_URL", "METRICS_LOG_DIR", "REDIS_USER", "REDIS_TLS", "REDIS_CA_FILE", "REDIS_SENTINEL_USER",
    ];

    /// <summary>It draws passwords, and ends.</summary>
    private const string Secrets = "secrets";

    private static readonly ComposeFile Compose = ComposeFile.Read();

    public static TheoryData<string> Services => [.. Compose.Services.Keys.Where(name => name is not Secrets)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_say_what_runs_how_it_is_checked_and_that_it_comes_back(string name)
    {
        var service = Compose.Services[name];

        Assert.NotEmpty(service.Image!);
        Assert.Equal("CMD-SHELL", service.HealthCheck[0]);
        Assert.NotEmpty(service.HealthCheck[1]);
        Assert.Equal("unless-stopped", service.Restart);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_keep_data_in_declared_volumes_and_configuration_in_the_repository(string name)
    {
        var (files, volumes) = (Compose.Services[name].Mounts.Where(IsFile), Compose.Services[name].Mounts.Where(mount => !IsFile(mount)).ToList());

        Assert.NotEmpty(volumes);
        Assert.All(volumes, mount => Assert.Contains(mount.Source, Compose.Volumes, StringComparer.Ordinal));
        Assert.All(files, mount => Assert.True(Path.Exists(Repository.Path(mount.Source)), mount.Source));
    }

    [Fact]
    public void Should_share_no_volume_but_the_passwords_and_declare_none_in_vain()
    {
        var mounted = Compose.Services.Values.SelectMany(service => service.Mounts).Where(mount => !IsFile(mount)).Select(mount => mount.Source).ToList();

        Assert.Equal(Compose.Volumes.Order(StringComparer.Ordinal), mounted.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(mounted.CountBy(volume => volume, StringComparer.Ordinal).Where(volume => volume.Value > 1), volume => Assert.EndsWith(Secrets, volume.Key, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_know_its_own_passwords_and_no_others_and_no_default_ones(string name)
    {
        var own = name switch
        {
            "mongo" => null, // It asks for none, and publishes no port.
            _ when Compose.Services[name].IsProgram => Secrets,
            _ when name.StartsWith("sentinel", StringComparison.Ordinal) || name.StartsWith("redis", StringComparison.Ordinal) => $"redis-{Secrets}",
            _ => $"{name}-{Secrets}",
        };

        var mounted = Compose.Services[name].Mounts.Where(mount => mount.Source.EndsWith(Secrets, StringComparison.Ordinal)).Select(mount => mount.Source);
        Assert.Equal(own, mounted.SingleOrDefault());
        Assert.DoesNotContain(Compose.Services[name].Environment, setting => setting.Key.Contains("PASS", StringComparison.Ordinal) && !setting.Key.EndsWith("_FILE", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_publish_ports_that_can_be_set_on_an_address_that_can_be_set(string name) =>
        Assert.All(Compose.Services[name].Ports, port => Assert.Matches(@"^\$\{PUBLISH_ADDRESS:-127\.0\.0\.1\}:\$\{[A-Z_]*PORT:-\d+\}:\d+$", port));

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_wait_until_what_it_needs_is_healthy(string name) =>
        Assert.All(Compose.Services[name].DependsOn, needed =>
        {
            Assert.Contains(needed.Name, Compose.Services.Keys, StringComparer.Ordinal);
            Assert.Equal(needed.Name is Secrets ? "service_completed_successfully" : "service_healthy", needed.Condition);
        });

    [Fact]
    public void Should_use_only_variables_of_the_env_example_with_their_defaults()
    {
        var used = Variable().Matches(Repository.Text("docker-compose.yml"));

        Assert.NotEmpty(used);
        Assert.All(used, variable =>
        {
            var name = variable.Groups["name"].Value;
            Assert.True(EnvExample.Defaults.TryGetValue(name, out var shown), $"{name} is not in .env.example");
            Assert.True(variable.Groups["default"].Success, $"{name} has no default");
            if (shown.Length > 0 && !OtherDefaults.Contains(name, StringComparer.Ordinal))
                Assert.Equal($"{name}={shown}", $"{name}={variable.Groups["default"].Value}");
        });
    }

    [Fact]
    public void Should_have_every_server_and_every_role() => Assert.Equivalent(
        new[]
        {
            Secrets, "rabbitmq", "postgres", "mongo", "redis-master", "redis-replica", "redis-replica-2", "sentinel-1", "sentinel-2", "sentinel-3",
            "api: api", "workers: workers", "sagas: sagas,scheduler", "seeder: seeder",
        },
        Compose.Services.Select(service => service.Value.IsProgram ? $"{service.Key}: {service.Value.Environment["ROLES"]}" : service.Key),
        strict: true);

    [Fact]
    public void Should_pass_every_setting_on_to_the_program()
    {
        var settings = FlatNames.All
            .Where(flat => flat.Effect != SettingEffect.Obsolete && !NotPassedOn.Contains(flat.Name, StringComparer.Ordinal))
            .Select(flat => flat.Name);

        Assert.All(
            Compose.Services.Values.Where(service => service.IsProgram),
            service => Assert.Equal(settings.Order(StringComparer.Ordinal), service.Environment.Keys.Select(WithoutFile).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Should_let_sentinels_know_everyone_by_name()
    {
        var named = Compose.Services.Where(service => service.Value.Environment.ContainsKey("ANNOUNCE")).ToList();

        Assert.Equal(6, named.Count);
        Assert.All(named, service => Assert.Equal(service.Key, service.Value.Environment["ANNOUNCE"]));
        Assert.Contains("sentinel resolve-hostnames yes", Repository.Text("deploy/compose/sentinel.conf"), StringComparison.Ordinal);
        Assert.Contains("sentinel announce-hostnames yes", Repository.Text("deploy/compose/sentinel.conf"), StringComparison.Ordinal);
    }

    private static string WithoutFile(string name) => name.EndsWith("_FILE", StringComparison.Ordinal) ? name[..^"_FILE".Length] : name;

    private static bool IsFile((string Source, string Target) mount) => mount.Source[0] == '.';

    /// <summary>A variable that compose replaces; $$ is for the container's shell.</summary>
    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)(:-(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
