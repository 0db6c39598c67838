using System.Text.RegularExpressions;

namespace BusIngest.Specs.Deployment;

/// <summary>What the containers of docker-compose.yml may not, and that their images are known.</summary>
public sealed partial class ConfinementSpecs
{
    private static readonly ComposeFile Compose = ComposeFile.Read();

    public static TheoryData<string> Services => [.. Compose.Services.Keys];

    public static TheoryData<string> Built => [.. BaseImage().Matches(Repository.Text("Dockerfile")).Select(match => match.Groups["image"].Value)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_write_to_volumes_and_memory_alone(string name)
    {
        var service = Compose.Services[name];

        Assert.True(service.IsReadOnly);
        Assert.Contains("/tmp", service.InMemory, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_have_no_capability_and_get_none(string name)
    {
        var service = Compose.Services[name];

        Assert.Equal(["ALL"], service.DroppedCapabilities);
        Assert.Empty(service.AddedCapabilities);
        Assert.Equal(["no-new-privileges:true"], service.SecurityOptions);
        Assert.False(service.IsPrivileged);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_run_as_a_user_who_is_not_root(string name)
    {
        // Without capabilities an image that begins as root could not become another user. The program's says so itself.
        var service = Compose.Services[name];

        if (service.IsProgram)
            Assert.Contains("USER $APP_UID", Repository.Text("Dockerfile"), StringComparison.Ordinal);
        else if (name is not "secrets") // It writes a new volume, which is root's, and ends.
            Assert.DoesNotMatch("^(root|0)?(:|$)", service.User ?? "");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_have_a_bound_of_memory(string name) => Assert.Matches(@"^[1-9]\d*[mg]$", Compose.Services[name].MemoryLimit ?? "");

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_come_from_an_image_of_one_version(string name)
    {
        var service = Compose.Services[name];

        if (!service.IsProgram)
            Assert.Matches(Pinned(), service.Image!);
    }

    [Theory]
    [MemberData(nameof(Built))]
    public void Should_be_built_from_images_of_one_version(string image) => Assert.Matches(Pinned(), image);

    [GeneratedRegex(@"^FROM\s+(--\S+\s+)*(?<image>\S+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex BaseImage();

    /// <summary>Down to the patch.</summary>
    [GeneratedRegex(@"^[^:]+:(\d+\.\d+\.\d+|1[0-9]\.\d+)(-[a-z0-9.-]+)?$|@sha256:[0-9a-f]{64}$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Pinned();
}
