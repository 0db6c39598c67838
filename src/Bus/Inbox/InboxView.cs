namespace BusIngest.Bus.Inbox;

/// <summary>A view over the inbox for people with a SQLite tool, made anew when the program has another one.</summary>
/// <param name="Name">The view.</param>
/// <param name="Select">Its query, over the table `inbox`.</param>
public sealed record InboxView(string Name, string Select)
{
    /// <summary>The statement that makes it.</summary>
    internal string Sql => $"CREATE VIEW {Name} AS {Select}";
}
