using Review.Core.Diagnostics;
using Review.Model.Exploration;

namespace Review.Cli.Exploring;

/// <summary>Steps of an interleaving as the rows of a table: what was called, and what each step changed that others can see.</summary>
internal static class InterleavingRow
{
    /// <summary>One row for the begin of each call, and one for each step that changed something or ended a call.</summary>
    public static IEnumerable<WitnessStep> Of(Violation violation, Func<ulong, string> nameOf)
    {
        var effects = new StepEffects(nameOf);
        foreach (var step in violation.Steps)
        {
            if (step.IsFirst)
            {
                yield return new WitnessStep(step.Thread, "", "", 0, step.Call.Text);
            }

            foreach (var action in Actions(step, effects))
            {
                yield return new WitnessStep(step.Thread, "", "", 0, "  " + action);
            }
        }
    }

    /// <summary>What a step did, in words.</summary>
    public static IEnumerable<string> Actions(InterleavingStep step, StepEffects effects)
    {
        var changes = effects.Between(step.Before, step.After);
        if (changes.Length > 0)
        {
            yield return string.Join(", ", changes);
        }

        if (step.Result is { } result)
        {
            yield return result.Signal != Model.Calls.Signal.None ? $"ends with SIG{result.Signal.ToString().ToUpperInvariant()}"
                : result.Error != Model.Errno.None ? $"fails with {result.Error}"
                : $"returns {result.Value}";
        }
        else if (step.Waits)
        {
            yield return "waits";
        }
    }
}
