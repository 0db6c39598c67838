using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("BusIngest.Specs")]
