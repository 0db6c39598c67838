using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace BusIngest.Specs.OpenApi;

/// <summary>A C# client that NSwag makes of an OpenAPI document, and that is compiled here with the code that uses it.</summary>
internal static class GeneratedClient
{
    /// <summary>The namespace of the client; its class is <c>BusIngestClient</c>.</summary>
    public const string Namespace = "Generated";

    /// <summary>Writes the client's source.</summary>
    /// <param name="document">The OpenAPI document, as JSON.</param>
    public static async Task<string> GenerateAsync(string document)
    {
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "BusIngestClient",
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            CSharpGeneratorSettings = { Namespace = Namespace, GenerateNullableReferenceTypes = true },
        };
        return new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(document), settings).GenerateFile();
    }

    /// <summary>Compiles sources to an assembly, and loads it.</summary>
    /// <exception cref="InvalidOperationException">They do not compile; the message has the errors.</exception>
    public static Assembly Compile(params string[] sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "GeneratedClient",
            sources.Select(static source => CSharpSyntaxTree.ParseText(source)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(static found => found.Severity == DiagnosticSeverity.Error).Take(20)));

        return Assembly.Load(image.ToArray());
    }
}
