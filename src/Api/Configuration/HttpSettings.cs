using System.Net;

namespace BusIngest.Api.Configuration;

/// <summary>Where and how the process answers HTTP.</summary>
public sealed record HttpSettings
{
    /// <summary><see cref="Bind"/> of this machine only, over IPv4 and IPv6.</summary>
    public const string Loopback = "localhost";

    /// <summary><see cref="Bind"/> of every address of this machine.</summary>
    public const string AnyAddress = "*";

    /// <summary>TCP port, 0–65535; 0 takes a free one. Default 3000.</summary>
    public int Port { get; init; } = 3000;

    /// <summary><see cref="Loopback"/>, <see cref="AnyAddress"/> or one IP address.</summary>
    public string Bind { get; init; } = Loopback;

    /// <summary>The largest request body in bytes, 1 KiB–1 GiB; past it the answer is 413. Default 10 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 10L << 20;

    /// <summary>The most bytes of all bodies in hand at once, 1 MiB–1 TiB; past it the answer is 503. Default 128 MiB.</summary>
    public long MaxBodiesBytes { get; init; } = 128L << 20;

    /// <summary>How long a body may take, 1 s–1 h; after it the answer is 408. Default 2 minutes.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The least bytes a second that a body may come with after its first 5 s, 1–1,000,000; slower ones are answered with 408. Default 1,024.</summary>
    public int MinBodyBytesPerSecond { get; init; } = 1_024;

    /// <summary>The most bytes of all headers of a request together, 4 KiB–1 MiB; past it the answer is 431. Default 32 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 32 << 10;

    /// <summary>How many connections may be open at once, 1–1,000,000; beyond that `/health` alone is answered. Default 10,000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>How many of them one address may have, 1–1,000,000. Default 2,000.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 2_000;

    /// <summary>How many of them a trusted proxy may have, 1–1,000,000. Default 10,000.</summary>
    public int MaxConnectionsPerProxy { get; init; } = 10_000;

    /// <summary>How long a connection may say nothing at its beginning, 100 ms–2 minutes. Default 10 s.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may say nothing after an answer, 1 s–1 h: longer than proxies before it keep theirs. Default 75 s.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>The names that are answered, besides localhost, loopback addresses and the public address; <c>*</c>: all. Default none.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins whose pages may read and write here, as <c>https://shop.example</c>. Default none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto count. Default none.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Where browsers find the service, if that is not where it listens. Default null.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The full path of a certificate with its chain, PEM or PFX; null: plain HTTP. Default null.</summary>
    public string? Certificate { get; init; }

    /// <summary>The full path of a PEM certificate's key; null: it is in <see cref="Certificate"/>. Default null.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The password of a PFX file, or of an encrypted key. Default null.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>Whether browsers come by HTTPS.</summary>
    public bool IsSecure => Certificate is not null || string.Equals(PublicUrl?.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
}
