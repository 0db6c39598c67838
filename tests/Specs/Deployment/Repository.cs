using System.Runtime.CompilerServices;

namespace BusIngest.Specs.Deployment;

/// <summary>Files of the checkout that the specs were built from.</summary>
internal static class Repository
{
    private static readonly string Root = System.IO.Path.GetFullPath("../../..", System.IO.Path.GetDirectoryName(ThisFile())!);

    /// <summary>The full path of what is there under this name.</summary>
    public static string Path(string name) => System.IO.Path.GetFullPath(name, Root);

    /// <summary>A file's text.</summary>
    public static string Text(string name) => File.ReadAllText(Path(name));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
