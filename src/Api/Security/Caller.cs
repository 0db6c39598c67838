using BusIngest.Api.Configuration;

namespace BusIngest.Api.Security;

/// <summary>Who sent a request, and what he may do; a feature of the request.</summary>
/// <param name="Name">The name beside the key.</param>
/// <param name="Scopes">What the key is good for.</param>
internal sealed record Caller(string Name, AccessScopes Scopes)
{
    /// <summary>Who comes in where no key is asked for.</summary>
    public static Caller Anyone { get; } = new("anyone", AccessScopes.All);

    /// <summary>Who sent the request.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Anyone;

    /// <summary>Whether he may do what needs this scope.</summary>
    public bool May(AccessScopes scope) => Scopes.HasFlag(scope);
}
