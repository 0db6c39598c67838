using System.Diagnostics;
using BusIngest.Support;

namespace BusIngest.Integration.Redis;

/// <summary>An authority of one test, and the certificate that it has issued to the loopback; made by openssl.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>The authority's certificate.</summary>
    public string CaFile => InFolder("ca.crt");

    /// <summary>What a Redis server needs to show the certificate, and to ask for none.</summary>
    public string[] RedisSettings =>
        ["--tls-cert-file", InFolder("server.crt"), "--tls-key-file", InFolder("server.key"), "--tls-ca-cert-file", CaFile, "--tls-auth-clients", "no"];

    /// <summary>Makes one.</summary>
    public static async Task<TestAuthority> CreateAsync(CancellationToken cancellationToken)
    {
        var authority = new TestAuthority();
        await authority.OpenSslAsync(cancellationToken, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.crt");
        await authority.OpenSslAsync(cancellationToken, "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=server", "-keyout", "server.key", "-out", "server.csr");
        await File.WriteAllTextAsync(authority.InFolder("names"), "subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost\n", cancellationToken);
        await authority.OpenSslAsync(
            cancellationToken, "x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.crt");
        return authority;
    }

    public void Dispose() => _directory.Dispose();

    private string InFolder(string name) => Path.Combine(_directory.Path, name);

    private async Task OpenSslAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { WorkingDirectory = _directory.Path, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, errors);
    }
}
