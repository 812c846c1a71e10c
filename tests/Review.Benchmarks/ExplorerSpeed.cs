using System.Diagnostics;
using System.Globalization;
using Review.Model.Eras;
using Review.Model.Exploration;

namespace Review.Benchmarks;

/// <summary>How many states of the model the explorer visits in a second of one processor, once warmed up.</summary>
internal static class ExplorerSpeed
{
    /// <summary>One line for each kernel that the file names: states and the median rate, without the reduction, so that there is enough to do.</summary>
    public static string Of(string file, int runs)
    {
        var program = ExplorationReader.Read(File.ReadAllText(file), file);
        return string.Concat(program.Eras.Select(era =>
        {
            var prepared = ExplorationProgram.Prepare(program, era, KernelBuild.Recorded);
            var rates = new List<double>();
            var states = 0;
            for (var run = 0; run <= runs; run++)
            {
                var start = Process.GetCurrentProcess().UserProcessorTime;
                states = Explorer.Explore(prepared.Program, [.. program.Properties], new ExplorationBounds { UsesReduction = false }).States;
                rates.Add(states / (Process.GetCurrentProcess().UserProcessorTime - start).TotalSeconds);
            }

            // The first run compiles.
            var median = rates.Skip(1).Order().ElementAt(runs / 2);
            return string.Create(CultureInfo.InvariantCulture, $"{program.Name} on {era.Name}: {states} states, {median:f0} states/s (median of {runs})\n");
        }));
    }
}
