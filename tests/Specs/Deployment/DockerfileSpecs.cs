namespace BusIngest.Specs.Deployment;

/// <summary>The Dockerfile: two stages, of which the second is small and not root's.</summary>
public sealed class DockerfileSpecs
{
    private static readonly IReadOnlyList<string> Lines = [.. Repository.Text("Dockerfile").Split('\n').Select(static line => line.Trim())];

    private static readonly IReadOnlyList<string> Final = [.. Lines.Skip(Lines.ToList().FindLastIndex(static line => Is(line, "FROM")))];

    [Fact]
    public void Should_build_with_the_sdk_and_run_without()
    {
        Assert.Equal(
            ["FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build", "FROM mcr.microsoft.com/dotnet/aspnet:10.0"],
            Lines.Where(static line => Is(line, "FROM")),
            StringComparer.Ordinal);
        Assert.Contains("COPY --from=build /publish /app", Final, StringComparer.Ordinal);
    }

    [Fact]
    public void Should_not_run_as_root()
    {
        var user = Assert.Single(Final, static line => Is(line, "USER"));

        Assert.Equal("USER $APP_UID", user);
        Assert.True(Final.ToList().IndexOf(user) < Final.ToList().FindIndex(static line => Is(line, "ENTRYPOINT")));
    }

    [Fact]
    public void Should_have_volumes_and_a_health_check()
    {
        Assert.Contains("VOLUME [\"/data\", \"/logs\"]", Final, StringComparer.Ordinal);
        Assert.Contains(Final, static line => Is(line, "HEALTHCHECK"));
        Assert.Contains(Final, static line => line.Contains("/health/ready", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_restore_every_project_before_the_sources_come()
    {
        var projects = Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Path("."), path))
            .Select(path => $"COPY {path} {Path.GetDirectoryName(path)}/");

        Assert.Equal(
            projects.Order(StringComparer.Ordinal),
            Lines.Where(static line => Is(line, "COPY src/") && line.Contains(".csproj", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_send_no_data_and_no_secrets_to_the_build()
    {
        var ignored = Repository.Text(".dockerignore").Split('\n');

        Assert.Contains("*", ignored, StringComparer.Ordinal);
        Assert.Contains("**/.env", ignored, StringComparer.Ordinal);
        Assert.All(
            Lines.Where(static line => Is(line, "COPY") && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(static line => line.Split(' ')[1..^1]),
            source => Assert.True(Path.Exists(Repository.Path(source)) && ignored.Contains($"!{source.Split('/')[0]}{(source.Contains('/', StringComparison.Ordinal) ? "/" : "")}", StringComparer.Ordinal), source));
    }

    private static bool Is(string line, string instruction) => line.StartsWith(instruction, StringComparison.Ordinal);
}
