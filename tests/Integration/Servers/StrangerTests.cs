using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BusIngest.Bus.Redis;
using BusIngest.Support.Servers;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BusIngest.Integration.Servers;

/// <summary>What deploy/cluster.sh starts, as another user of the machine finds it.</summary>
public sealed class StrangerTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("busingest")]
    public async Task Should_not_be_let_in_by_postgresql(string? password)
    {
        var address = DatabaseUrl.Parse(servers.Cluster.DatabaseUrl);
        address.Password = password;
        // Without one Npgsql would look for it elsewhere.
        address.Passfile = "/dev/null";
        await using var connection = new NpgsqlConnection(address.ConnectionString);

        var refused = await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync(Token));

        Assert.True(refused is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } || refused.Message.Contains("No password", StringComparison.Ordinal), refused.Message);
    }

    [Theory]
    [InlineData("guest", "guest")]
    [InlineData("busingest", "busingest")]
    public async Task Should_not_be_let_in_by_rabbitmq(string user, string password)
    {
        var factory = new ConnectionFactory { Uri = new UriBuilder(servers.Cluster.RabbitMqUrl) { UserName = user, Password = password }.Uri };
        var refused = await Assert.ThrowsAsync<BrokerUnreachableException>(() => factory.CreateConnectionAsync(Token));
        Assert.IsType<AuthenticationFailureException>(refused.InnerException);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        using var answer = await http.GetAsync(new UriBuilder(servers.Cluster.RabbitMqManagement) { UserName = "", Password = "", Path = "api/vhosts" }.Uri, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Should_not_be_let_in_by_redis_or_its_sentinels()
    {
        foreach (var name in ClusterNames.Redis)
        {
            var refused = await Assert.ThrowsAsync<RedisUnavailableException>(() => RedisConnection.OpenAsync(servers.Cluster.Address(name), RedisAccess.Open, Token));
            Assert.Contains("NOAUTH", refused.Message, StringComparison.Ordinal);
        }

        foreach (var name in ClusterNames.Sentinels)
        {
            var refused = await Assert.ThrowsAsync<RedisUnavailableException>(() => RedisConnection.OpenSentinelAsync(servers.Cluster.Address(name), RedisAccess.Open, Token));
            Assert.Contains("NOAUTH", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_read_no_file_and_no_secret()
    {
        await using var cluster = await Cluster.StartAsync(
            ClusterNames.RabbitMq, ClusterNames.Postgres, ClusterNames.RedisMaster, ClusterNames.Sentinel1, ClusterNames.Api, ClusterNames.Workers);
        var root = new DirectoryInfo(cluster.DirectoryPath);
        var secrets = root.CreateSubdirectory("secrets").GetFiles().Select(file => File.ReadAllText(file.FullName)).ToList();
        Assert.True(secrets.Count >= 5 && secrets.Distinct(StringComparer.Ordinal).Count() == secrets.Count, "Each is a secret of its own");

        var files = All(root).ToList();
        Assert.Contains(files, file => string.Equals(file.Name, "PG_VERSION", StringComparison.Ordinal));
        Assert.Empty(files.Where(IsReadableByOthers).Select(file => file.FullName));
        Assert.DoesNotContain(CommandLines(), line => secrets.Exists(secret => line.Contains(secret, StringComparison.Ordinal)));
        foreach (var log in All(new DirectoryInfo(Path.Combine(root.FullName, "logs"))).OfType<FileInfo>())
        {
            using var reader = new StreamReader(new FileStream(log.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var text = await reader.ReadToEndAsync(Token);
            Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal));
        }
    }

    /// <summary>A directory with what is in it, and what links in it lead to. Servers make and remove files meanwhile.</summary>
    private static IEnumerable<FileSystemInfo> All(DirectoryInfo directory)
    {
        yield return directory;
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            var target = entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true)!;
            if (target is not DirectoryInfo below)
            {
                yield return target;
                continue;
            }

            foreach (var found in All(below))
                yield return found;
        }
    }

    private static bool IsReadableByOthers(FileSystemInfo file)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        file.Refresh();
        return file.Exists && (file.UnixFileMode & others) != UnixFileMode.None;
    }

    /// <summary>What every user sees of the processes that run.</summary>
    private static IEnumerable<string> CommandLines()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            string? line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (IOException)
            {
                // It has ended.
                continue;
            }

            yield return line;
        }
    }
}
