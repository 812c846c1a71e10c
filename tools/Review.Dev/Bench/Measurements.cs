using System.Globalization;
using Review.Cli;

namespace Review.Dev.Bench;

/// <summary>How often a program is run.</summary>
internal enum Repetition
{
    /// <summary>In the first round only: it takes very long.</summary>
    Once,

    /// <summary>In each round.</summary>
    EachRound,

    /// <summary>In each round, and in <see cref="Measurements.More"/> times as many behind them: it takes about a second, and one run in three may meet something else that the machine does.</summary>
    Often,
}

/// <summary>Programs that are run in turns, so that whatever else the machine does meets them all.</summary>
internal sealed class Measurements
{
    /// <summary>Rounds of what is run often for each round of everything, without that one.</summary>
    public const int More = 2;

    private readonly List<(string Name, Func<MeasuredRun> Run, Repetition Repetition, List<MeasuredRun> Runs)> ways = [];

    /// <summary>Adds a program under a name of its own; they are run in the order in which they are added.</summary>
    /// <param name="name">The name.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="repetition">How often it is run.</param>
    public void Add(string name, Func<MeasuredRun> run, Repetition repetition = Repetition.EachRound) => ways.Add((name, run, repetition, []));

    /// <summary>Runs everything.</summary>
    /// <param name="rounds">How often.</param>
    public void Run(int rounds)
    {
        var all = rounds * (1 + More);
        for (var round = 1; round <= all; round++)
        {
            var least = round > rounds ? Repetition.Often : round > 1 ? Repetition.EachRound : Repetition.Once;
            foreach (var (name, run, _, runs) in ways.Where(way => way.Repetition >= least))
            {
                runs.Add(run());
                Progress.ToTerminal(string.Create(CultureInfo.InvariantCulture, $"round {round} of {all}: {name}: {runs[^1].Wall:0.00} s"));
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
