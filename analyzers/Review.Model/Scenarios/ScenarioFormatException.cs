namespace Review.Model.Scenarios;

/// <summary>A scenario file that is none: one line naming the file, the scenario, the operation and the field.</summary>
public sealed class ScenarioFormatException(string place, string problem) : FormatException($"{place}: {problem}")
{
    /// <summary>Where: "FILE: scenario NAME: steps[2] madvise: advice".</summary>
    public string Place { get; } = place;

    /// <summary>What is wrong there.</summary>
    public string Problem { get; } = problem;
}
