using Review.Core.Syntax;
using Review.Model.Eras;
using Review.Model.Scenarios;
using Review.Witness.Interpretation;

namespace Review.Witness.Conformance;

/// <summary>How a scenario ended.</summary>
public enum Agreement
{
    /// <summary>The code does what the scenario says, and so does the model.</summary>
    Conforms,

    /// <summary>The code and the model agree, and both differ from the scenario, which was recorded on another kernel.</summary>
    EraDifference,

    /// <summary>The code and the model disagree.</summary>
    Differs,

    /// <summary>The code came to something that is not known, or broke a rule.</summary>
    NotRun,

    /// <summary>The scenario calls madvise() and process_madvise() nowhere: nothing of the code ran.</summary>
    NoCode,
}

/// <summary>One scenario on the code of a tree.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Agreement">How it ended.</param>
/// <param name="Reason">What differs or is needed; empty if nothing is.</param>
/// <param name="Calls">Calls of madvise() that the code carried out.</param>
public sealed record Conformity(string Scenario, Agreement Agreement, string Reason, int Calls);

/// <summary>Runs scenarios with every madvise() and process_madvise() carried out by a tree's own C, and compares with the model alone.</summary>
public sealed class ConformanceRun
{
    private const string Entry = "do_madvise";
    private const string RemoteEntry = "__do_sys_process_madvise";

    private readonly ProgramCode program;
    private readonly KernelEra era;

    /// <summary>Takes mm/madvise.c of a tree, and the model of its era.</summary>
    public ConformanceRun(TranslationUnit unit, KernelEra era)
    {
        program = new ProgramCode(unit);

        // VM_MAYBE_GUARD came in the middle of an era: the code says whether it is there.
        this.era = era with { MarksMaybeGuard = era.MarksMaybeGuard && Calls(unit, "vma_flag_set_atomic") };
    }

    private static bool Calls(TranslationUnit unit, string function) =>
        unit.Functions.SelectMany(static definition => definition.Body.DescendantsAndSelf<CallExpression>()).Any(call => call.Function?.Name == function);

    /// <summary>Runs one scenario.</summary>
    public Conformity Run(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var calls = 0;
        var machine = new ModelMachine(era, KernelBuild.Recorded)
        {
            MadviseBy = call =>
            {
                calls++;
                return new InterpretedCall(call, program, Entry);
            },
            ProcessMadviseBy = call =>
            {
                calls++;
                return new InterpretedCall(call, program, RemoteEntry);
            },
        };
        string? ofCode;
        try
        {
            ofCode = ScenarioRun.FirstDifference(scenario, machine);
        }
        catch (StopException stop)
        {
            return new Conformity(scenario.Name, Agreement.NotRun, stop.Kind == StopKind.Needs ? $"needs {stop.Message}" : stop.Message, calls);
        }

        var ofModel = ScenarioRun.FirstDifference(scenario, new ModelMachine(era, KernelBuild.Recorded));
        return (ofCode, ofModel) switch
        {
            _ when calls == 0 => new Conformity(scenario.Name, Agreement.NoCode, "", 0),
            (null, null) => new Conformity(scenario.Name, Agreement.Conforms, "", calls),
            _ when ofCode == ofModel => new Conformity(scenario.Name, Agreement.EraDifference, ofCode!, calls),
            _ => new Conformity(scenario.Name, Agreement.Differs, $"code: {ofCode ?? "as recorded"}; model: {ofModel ?? "as recorded"}", calls),
        };
    }
}
