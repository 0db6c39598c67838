using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Hosting;

/// <summary>The certificate of HTTPS, PEM or PFX. It is read again when its files have changed; while they are wrong the last good one counts.</summary>
internal sealed partial class CertificateFile
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private SslStreamCertificateContext _current;
    private byte[] _hash;
    private long _lookedAt;

    /// <summary>Reads the files.</summary>
    /// <exception cref="SettingsException">They hold no certificate with its key.</exception>
    public CertificateFile(HttpSettings settings, TimeProvider time, ILogger<CertificateFile> logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        try
        {
            var files = Read();
            (_hash, _current) = (Hash(files), Load(files));
        }
        catch (Exception exception) when (IsWrong(exception))
        {
            throw new SettingsException($"TLS_CERTIFICATE: '{settings.Certificate}' can't be used: {exception.Message.ReplaceLineEndings(" ")}");
        }

        _lookedAt = time.GetTimestamp();
    }

    /// <summary>The certificate with its chain, as of at most a second ago.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_gate)
            {
                if (_time.GetElapsedTime(_lookedAt) >= Pause)
                    Look();
                return _current;
            }
        }
    }

    private void Look()
    {
        _lookedAt = _time.GetTimestamp();
        try
        {
            var files = Read();
            var hash = Hash(files);
            if (hash.AsSpan().SequenceEqual(_hash))
                return;

            // Noted first: what is wrong is told once.
            _hash = hash;
            _current = Load(files);
            LogRead(_current.TargetCertificate.Subject, _current.TargetCertificate.NotAfter);
        }
        catch (Exception exception) when (IsWrong(exception))
        {
            LogWrong(exception.Message);
        }
    }

    private (byte[] Certificate, byte[]? Key) Read() =>
        (File.ReadAllBytes(_settings.Certificate!), _settings.CertificateKey is { } key ? File.ReadAllBytes(key) : null);

    private static byte[] Hash((byte[] Certificate, byte[]? Key) files) => SHA256.HashData([.. files.Certificate, .. files.Key ?? []]);

    private SslStreamCertificateContext Load((byte[] Certificate, byte[]? Key) files)
    {
        var chain = new X509Certificate2Collection();
        var text = Encoding.UTF8.GetString(files.Certificate);
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            chain = X509CertificateLoader.LoadPkcs12Collection(files.Certificate, _settings.CertificatePassword);
            return Context(chain.FirstOrDefault(certificate => certificate.HasPrivateKey), chain);
        }

        var key = files.Key is null ? text : Encoding.UTF8.GetString(files.Key);
        chain.ImportFromPem(text);
        return Context(
            _settings.CertificatePassword is { } password ? X509Certificate2.CreateFromEncryptedPem(text, key, password) : X509Certificate2.CreateFromPem(text, key),
            chain);
    }

    private static SslStreamCertificateContext Context(X509Certificate2? certificate, X509Certificate2Collection chain) => certificate is null
        ? throw new CryptographicException("it has no private key")
        : SslStreamCertificateContext.Create(certificate, chain, offline: true);

    private static bool IsWrong(Exception exception) => exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    [LoggerMessage(LogLevel.Information, "The certificate was read again: {Subject}, good until {End}")]
    private partial void LogRead(string subject, DateTime end);

    [LoggerMessage(LogLevel.Error, "The certificate's files changed and can't be used, so the last good one still is: {Reason}")]
    private partial void LogWrong(string reason);
}
