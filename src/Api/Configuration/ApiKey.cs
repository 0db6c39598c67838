using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Api.Configuration;

/// <summary>A client's name, what it may do, and the hash of its key; the key itself is not kept.</summary>
public sealed class ApiKey : IEquatable<ApiKey>
{
    private readonly byte[] _hash;

    /// <summary>Takes the key's hash.</summary>
    public ApiKey(string name, string key, AccessScopes scopes = AccessScopes.All)
    {
        Name = name;
        Scopes = scopes;
        _hash = Hash(key);
        IsStrong = KeyStrength.IsEnough(key);
    }

    /// <summary>Whose key it is.</summary>
    public string Name { get; }

    /// <summary>What it is good for.</summary>
    public AccessScopes Scopes { get; }

    /// <summary>Whether the key looks drawn, with 128 bits or more.</summary>
    public bool IsStrong { get; }

    /// <summary>The hash that <see cref="Matches"/> compares.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Whether it is the key of this hash, in a time that tells nothing about it.</summary>
    public bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);

    /// <summary>Signs a text as the key's holder: whoever checks it needs the key's hash, and it tells nothing about the key.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => HMACSHA256.HashData(_hash, text);

    /// <summary>Whether it is the same key of the same name for the same scopes. It may take a time that tells something of what is configured.</summary>
    public bool Equals(ApiKey? other) =>
        other is not null && Scopes == other.Scopes && string.Equals(Name, other.Name, StringComparison.Ordinal) && other.Matches(_hash);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ApiKey);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The name alone.</summary>
    public override string ToString() => Name;
}
