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
            ["mcr.microsoft.com/dotnet/sdk", "mcr.microsoft.com/dotnet/aspnet"],
            Lines.Where(static line => Is(line, "FROM")).Select(static line => line.Split(' ').First(static word => word.Contains('/', StringComparison.Ordinal)).Split(':')[0]),
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
            .Select(path => $"COPY {path} {Path.GetDirectoryName(path)}/packages.lock.json {Path.GetDirectoryName(path)}/");

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

    [Fact]
    public void Should_publish_what_is_locked_for_the_platform_of_the_image()
    {
        Assert.Contains("RUN dotnet restore src/Api -a $TARGETARCH --locked-mode", Lines, StringComparer.Ordinal);
        Assert.Contains("RUN dotnet publish src/Api -c Release -a $TARGETARCH --self-contained false --no-restore -o /publish", Lines, StringComparer.Ordinal);
        foreach (var project in Directory.EnumerateDirectories(Repository.Path("src")))
        {
            var locked = File.ReadAllText(Path.Combine(project, "packages.lock.json"));
            Assert.All(new[] { "net10.0/linux-x64", "net10.0/linux-arm64" }, target => Assert.Contains($"\"{target}\"", locked, StringComparison.Ordinal));
        }
    }

    private static bool Is(string line, string instruction) => line.StartsWith(instruction, StringComparison.Ordinal);
}
