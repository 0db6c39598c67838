using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BusIngest.Bus.Tls;

/// <summary>Trusts servers whose certificate comes from the authorities of a file, and no others. The name must be right in any case.</summary>
public static class TrustedAuthorities
{
    /// <summary>Reads a PEM file of one certificate or several.</summary>
    /// <exception cref="IOException">It can't be read, or holds no certificate; the message says so in few words.</exception>
    public static X509Certificate2Collection Read(string path)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0 ? authorities : throw new IOException("holds no certificate in PEM form");
        }
        catch (CryptographicException exception)
        {
            throw new IOException("holds no certificate in PEM form", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException("may not be read", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException("does not exist", exception);
        }
    }

    /// <summary>Looks at a server's certificate; the file is read anew for each connection, so that authorities can be exchanged.</summary>
    /// <param name="path">The authorities' file; null: those that the machine trusts.</param>
    public static RemoteCertificateValidationCallback Validate(string? path) => (_, certificate, chain, errors) =>
        errors == SslPolicyErrors.None
            ? path is null || certificate is X509Certificate2 known && IsFrom(path, known, chain)
            : path is not null && errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 server && IsFrom(path, server, chain);

    private static bool IsFrom(string path, X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        try
        {
            chain.ChainPolicy.CustomTrustStore.AddRange(Read(path));
        }
        catch (IOException)
        {
            return false;
        }

        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(certificate);
    }
}
