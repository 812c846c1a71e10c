using System.Globalization;
using Review.Cli;

namespace Review.Dev.Bench;

/// <summary>Programs that are run in turns, each as often as the others, so that whatever else the machine does meets them all.</summary>
internal sealed class Measurements
{
    private readonly List<(string Name, Func<MeasuredRun> Run, bool Once, List<MeasuredRun> Runs)> ways = [];

    /// <summary>Adds a program under a name of its own; they are run in the order in which they are added.</summary>
    /// <param name="name">The name.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="once">True for what takes so long that it is run in the first round only.</param>
    public void Add(string name, Func<MeasuredRun> run, bool once = false) => ways.Add((name, run, once, []));

    /// <summary>Runs everything.</summary>
    /// <param name="rounds">How often.</param>
    public void Run(int rounds)
    {
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var (name, run, _, runs) in ways.Where(way => round == 1 || !way.Once))
            {
                runs.Add(run());
                Progress.ToTerminal(string.Create(CultureInfo.InvariantCulture, $"round {round} of {rounds}: {name}: {runs[^1].Wall:0.00} s"));
            }
        }
    }

    /// <summary>True if a program of that name was added.</summary>
    public bool Has(string name) => ways.Exists(way => way.Name == name);

    /// <summary>All runs of a program.</summary>
    public IReadOnlyList<MeasuredRun> RunsOf(string name) => ways.Find(way => way.Name == name).Runs;

    /// <summary>The medians of a program's runs.</summary>
    public MeasuredRun MedianOf(string name) => MeasuredRun.Median(RunsOf(name));
}
