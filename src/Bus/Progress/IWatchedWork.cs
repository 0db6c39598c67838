namespace BusIngest.Bus.Progress;

/// <summary>Somebody who can tell by themselves for how long they have had work and moved nothing.</summary>
internal interface IWatchedWork
{
    /// <summary>What they are called in health and on pages, and for how long nothing was moved; zero without work. It may read a file.</summary>
    (string Name, TimeSpan Standstill) Read();
}
