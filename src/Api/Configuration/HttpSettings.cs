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

    /// <summary>The most bytes of all headers of a request together, 4 KiB–1 MiB; past it the answer is 431. Default 32 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 32 << 10;

    /// <summary>How many connections may be open at once, 1–1,000,000; one more is closed at once. Default 10,000.</summary>
    public int MaxConnections { get; init; } = 10_000;
}
