using System.Collections;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace BusIngest.Specs.Deployment;

/// <summary>docker-compose.yml, with its anchors and merges resolved and its variables as they are written.</summary>
internal sealed class ComposeFile
{
    private readonly Dictionary<object, object?> _document;

    private ComposeFile(Dictionary<object, object?> document) => _document = document;

    /// <summary>The services by name.</summary>
    public IReadOnlyDictionary<string, ComposeService> Services =>
        Names(_document["services"]).ToDictionary(
            name => name, name => new ComposeService((Dictionary<object, object?>)Map(_document["services"])[name]!), StringComparer.Ordinal);

    /// <summary>The names of the volumes that it declares.</summary>
    public IReadOnlyList<string> Volumes => Names(_document["volumes"]);

    /// <summary>Reads the repository's.</summary>
    public static ComposeFile Read()
    {
        using var reader = new StringReader(Repository.Text("docker-compose.yml"));
        return new ComposeFile(new Deserializer().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(reader))));
    }

    internal static IReadOnlyList<string> Names(object? map) => [.. Map(map).Keys.Cast<string>()];

    internal static IDictionary Map(object? value) => (IDictionary)value!;
}
