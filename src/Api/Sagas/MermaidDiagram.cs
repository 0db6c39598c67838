using System.Text;
using BusIngest.Bus.Sagas;

namespace BusIngest.Api.Sagas;

/// <summary>A state machine as a Mermaid state diagram (https://mermaid.js.org/syntax/stateDiagram.html).</summary>
internal static class MermaidDiagram
{
    /// <summary>Words of the diagram's language, in any case, that would not be taken for a state.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "accDescr", "accTitle", "as", "class", "classDef", "click", "default", "direction", "end", "hide", "href", "note", "scale",
        "state", "stateDiagram", "style", "title",
    };

    /// <summary>Draws a machine: a line for each state that needs one, then one for each way between two; lines end in a line feed.</summary>
    public static string Of(SagaMachine machine)
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        var names = Names(machine);
        var linked = machine.Transitions.SelectMany(transition => new[] { transition.From, transition.To }).ToHashSet(StringComparer.Ordinal);
        foreach (var (state, name) in names)
        {
            if (!string.Equals(state, name, StringComparison.Ordinal))
                text.Append($"    state \"{Escape(state)}\" as {name}\n");
            else if (!linked.Contains(state))
                text.Append($"    {name}\n");
        }

        // One line for all events between two states: of several ways from a state to itself Mermaid (11) draws only the last.
        foreach (var way in machine.Transitions.GroupBy(transition => (transition.From, transition.To)))
            text.Append($"    {NameOf(way.Key.From)} --> {NameOf(way.Key.To)}: {string.Join(", ", way.Select(transition => Escape(transition.Event)))}\n");
        return text.ToString();

        string NameOf(string state) =>
            names.TryGetValue(state, out var name) && !string.Equals(state, machine.Final, StringComparison.Ordinal) ? name : "[*]";
    }

    /// <summary>What the states are called in the diagram: their names, or s_1, s_2, … where a name is none there.</summary>
    private static OrderedDictionary<string, string> Names(SagaMachine machine)
    {
        var names = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var state in machine.States)
        {
            if (!string.Equals(state, machine.Final, StringComparison.Ordinal))
                names[state] = state.All(char.IsAsciiLetterOrDigit) && !Words.Contains(state) ? state : $"s_{names.Count + 1}";
        }

        return names;
    }

    /// <summary>Writes what may mean something to Mermaid, or to HTML, by its number.</summary>
    private static string Escape(string label)
    {
        var text = new StringBuilder(label.Length);
        foreach (var rune in label.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '_' or ' ')
                text.Append(rune);
            else
                text.Append($"#{rune.Value};");
        }

        return text.ToString();
    }
}
