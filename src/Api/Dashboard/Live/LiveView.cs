using System.Text;

namespace BusIngest.Api.Dashboard.Live;

/// <summary>A page's content as it was rendered once, for everybody who looks at it.</summary>
/// <param name="html">The content.</param>
/// <param name="isTrouble">Whether it only says that there is trouble.</param>
internal sealed class LiveView(string html, bool isTrouble)
{
    private byte[]? _event;

    /// <summary>The content.</summary>
    public string Html => html;

    /// <summary>Whether it only says that there is trouble.</summary>
    public bool IsTrouble => isTrouble;

    /// <summary>The content as a server-sent event; encoded once, whoever is first.</summary>
    public ReadOnlyMemory<byte> Event => _event ??= Encoding.UTF8.GetBytes($"event: view\ndata: {html.ReplaceLineEndings("\ndata: ")}\n\n");
}
