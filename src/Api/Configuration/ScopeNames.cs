namespace BusIngest.Api.Configuration;

/// <summary>How scopes are written: `read+write`.</summary>
internal static class ScopeNames
{
    private static readonly (AccessScopes Scope, string Name)[] Each =
        [(AccessScopes.Read, "read"), (AccessScopes.Write, "write"), (AccessScopes.Operate, "operate")];

    /// <summary>The names of some scopes.</summary>
    public static string Written(this AccessScopes scopes, string separator = "+") =>
        string.Join(separator, Each.Where(each => scopes.HasFlag(each.Scope)).Select(each => each.Name));

    /// <summary>Reads names that are separated by `+`; null when one of them is none of ours.</summary>
    public static AccessScopes? Read(string text)
    {
        var scopes = AccessScopes.None;
        foreach (var name in text.Split('+'))
        {
            var scope = Array.Find(Each, each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Scope;
            if (scope == AccessScopes.None)
                return null;

            scopes |= scope;
        }

        return scopes;
    }
}
