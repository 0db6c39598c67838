using BusIngest.Bus.Tls;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>How the program shows a server who it is, and knows who the server is.</summary>
public sealed record RedisAccess
{
    /// <summary>Without a password and without TLS.</summary>
    public static RedisAccess Open { get; } = new();

    /// <summary>The user; null: `default`.</summary>
    public string? User { get; init; }

    /// <summary>The user's password; null: none. It is read again for each connection.</summary>
    public ReloadableText? Password { get; init; }

    /// <summary>Whether connections are encrypted. Default false.</summary>
    public bool UseTls { get; init; }

    /// <summary>The full path of a PEM file with the authorities that may have issued the server's certificate; null: those that the machine trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>The user's name at the server.</summary>
    internal string UserName => User ?? "default";

    /// <summary>Puts it into the client's options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="address">The server.</param>
    public ConfigurationOptions Apply(ConfigurationOptions options, string address)
    {
        options.User = User;
        options.Password = Password?.Refreshed();
        options.Ssl = UseTls;
        if (UseTls)
        {
            options.SslHost = RedisAddress.Host(address);
            options.CertificateValidation += TrustedAuthorities.Validate(CaFile).Invoke;
        }

        return options;
    }
}
