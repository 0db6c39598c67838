using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BusIngest.Api.Configuration;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Security;

public sealed class HttpsSpecs : Spec
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_answer_by_a_certificate_and_take_a_new_one_when_its_file_changes(bool isPem)
    {
        var (certificate, key) = (Path.Combine(Folder, isPem ? "tls.pem" : "tls.pfx"), isPem ? Path.Combine(Folder, "tls.key") : null);
        Write("CN=first", certificate, key);
        var service = await StartAsync(certificate, key);

        Assert.Equal("CN=first", await SubjectAsync(service));
        Write("CN=second", certificate, key);
        await UntilAsync("The new one is taken", async _ => string.Equals(await SubjectAsync(service), "CN=second", StringComparison.Ordinal));
        await File.WriteAllTextAsync(certificate, "no certificate", Token);

        Assert.Equal("CN=second", await SubjectAsync(service));
    }

    [Fact]
    public async Task Should_have_browsers_come_by_https_alone()
    {
        var certificate = Path.Combine(Folder, "tls.pfx");
        Write("CN=localhost", certificate, key: null);
        var service = await StartAsync(certificate, key: null);

        using var http = Client(_ => { });
        using var secure = await http.GetAsync(new UriBuilder(service.Address) { Scheme = "https" }.Uri, Token);
        Assert.Equal("max-age=31536000", secure.Headers.GetValues("Strict-Transport-Security").Single());
        using var plain = await http.GetAsync(new UriBuilder(service.Address) { Scheme = "http", Path = "/cars", Query = "limit=1" }.Uri, Token);
        Assert.Equal(HttpStatusCode.PermanentRedirect, plain.StatusCode);
        Assert.Equal(new UriBuilder(service.Address) { Scheme = "https", Path = "/cars", Query = "limit=1" }.Uri, plain.Headers.Location);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(service.Address) { Scheme = "http" }.Uri);
        foreign.Headers.Host = "evil.example";
        using var refused = await http.SendAsync(foreign, Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Should_not_start_on_what_is_no_certificate()
    {
        var certificate = Path.Combine(Folder, "tls.pem");
        await File.WriteAllTextAsync(certificate, "-----BEGIN nothing", Token);

        var exception = await Assert.ThrowsAsync<SettingsException>(() => StartAsync(certificate, key: null));

        Assert.StartsWith($"TLS_CERTIFICATE: '{certificate}' can't be used: ", Assert.Single(exception.Lines), StringComparison.Ordinal);
    }

    private async Task<RunningService> StartAsync(string certificate, string? key) => Own(await RunningService.StartAsync(
        RunningService.SettingsIn(Folder) with { Http = new HttpSettings { Port = 0, Certificate = certificate, CertificateKey = key } }));

    private static void Write(string subject, string path, string? key)
    {
        using var pair = RSA.Create(2_048);
        var request = new CertificateRequest(subject, pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(1));
        if (key is null)
        {
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx));
            return;
        }

        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(path, certificate.ExportCertificatePem());
    }

    private static async Task<string> SubjectAsync(RunningService service)
    {
        var subject = "";
        using var http = Client(certificate => subject = certificate.Subject);
        using var answer = await http.GetAsync(new UriBuilder(service.Address) { Scheme = "https", Path = "/health/live" }.Uri, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return subject;
    }

    /// <summary>Tells which certificate it was given, and believes it.</summary>
    private static HttpClient Client(Action<X509Certificate> see) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => See(certificate, see) },
    });

    private static bool See(X509Certificate? certificate, Action<X509Certificate> see)
    {
        see(certificate!);
        return certificate is not null;
    }
}
