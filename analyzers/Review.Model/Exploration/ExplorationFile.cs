using Review.Model.Eras;
using Review.Model.Scenarios;

namespace Review.Model.Exploration;

/// <summary>A thread of an exploration file: operations of the scenario format, carried out one after another.</summary>
/// <param name="Name">As it appears in tables.</param>
/// <param name="IsDaemon">It serves the others and need not come to its end.</param>
/// <param name="Calls">What it does. What is expected of an operation is not judged: that depends on the interleaving.</param>
public sealed record ExplorationThread(string Name, bool IsDaemon, EquatableList<Operation> Calls);

/// <summary>
/// A program of concurrent threads to be explored (<c>mmreview-explore/1</c>): <c>{"schema", "name", "fact"?, "eras"?: ["v6.12"...], "properties"?: [...], "zap"?: "stepwise", "defects"?: [...],
/// "setup": [op...], "threads": [{"name"?, "daemon"?, "calls": [op...]}...]}</c> with the operations of scenario files.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Fact">What it shows, in a sentence.</param>
/// <param name="Eras">The kernels to explore, oldest first.</param>
/// <param name="Properties">The properties to watch.</param>
/// <param name="Protocol">How closely pages are taken away, and what is done wrong on purpose.</param>
/// <param name="Setup">What is done before the threads start, in one process.</param>
/// <param name="Threads">Two or more threads of that process.</param>
public sealed record ExplorationFile(
    string Name,
    string? Fact,
    EquatableList<KernelEra> Eras,
    EquatableList<Property> Properties,
    ZapProtocol Protocol,
    EquatableList<Operation> Setup,
    EquatableList<ExplorationThread> Threads)
{
    /// <summary>The value of the field "schema".</summary>
    public const string Schema = "mmreview-explore/1";

    /// <summary>The most threads a program may have: the number of interleavings grows exponentially with them.</summary>
    public const int MostThreads = 4;
}
