using Review.Core.Syntax;
using Review.Model.Eras;
using Review.Witness.Bindings;
using Review.Witness.Exploration;
using Review.Witness.Interpretation;

namespace Review.Witness;

/// <summary>A file of a kernel tree as code that can be run on the model. Serves one thread of the host at a time.</summary>
public sealed class WitnessProgram
{
    private readonly ProgramCode program;

    /// <summary>Takes the functions of a file and of its headers; they are compiled when they are first called.</summary>
    public WitnessProgram(TranslationUnit unit) => program = new ProgramCode(unit);

    /// <summary>True if the file, or a header of its, has a body of the function.</summary>
    public bool Has(string function) => program.Definition(function) is not null;

    /// <summary>What the kernel is built for, as far as the code tells: headers have empty bodies for what is left out.</summary>
    public KernelBuild Build => KernelBuild.Recorded with { HasKsm = !Has("ksm_madvise"), HasThp = !Has("hugepage_madvise"), HasMemoryFailure = Has("madvise_inject_error") };

    /// <summary>
    /// Runs a function in situations, one after the other, until one breaks a property that is sought.
    /// </summary>
    /// <param name="entry">The function, e.g. <c>do_madvise</c>.</param>
    /// <param name="situations">The situations.</param>
    /// <param name="sought">The kinds of violation that count.</param>
    /// <param name="bounds">How far each search goes.</param>
    /// <returns>The first violation; else the first situation that could not be judged; else "clean".</returns>
    public Verdict Explore(string entry, IEnumerable<Situation> situations, IReadOnlySet<ViolationKind> sought, Bounds bounds)
    {
        ArgumentNullException.ThrowIfNull(situations);
        return Explore(entry, situations, sought, bounds, null);
    }

    /// <summary>As above, for a claim: takes down how far the runs got to what it is about.</summary>
    internal Verdict Explore(string entry, IEnumerable<Situation> situations, IReadOnlySet<ViolationKind> sought, Bounds bounds, Reach? reach)
    {
        var effort = default(Effort);
        Verdict? undecided = null;
        foreach (var situation in situations)
        {
            var verdict = Explorer.Search(program, entry, situation, sought, bounds, reach: reach);
            effort += verdict.Effort;
            if (verdict.Kind == VerdictKind.Violated)
            {
                return verdict with { Effort = effort };
            }

            undecided ??= verdict.Kind == VerdictKind.Clean ? null : verdict;
            if (effort.States > bounds.AllStates)
            {
                undecided ??= verdict with { Kind = VerdictKind.OutOfBound, Message = $"the bound of {bounds.AllStates} states in all situations is reached" };
                break;
            }
        }

        return (undecided ?? new Verdict(VerdictKind.Clean, "", ViolationKind.None, "", [], default)) with { Effort = effort };
    }

    /// <summary>The calls by which other files come to functions of this one.</summary>
    internal DirectSituations DirectSituations(KernelEra era) => new(program, era, Build);

    /// <summary>The function with the body of what somebody named: of a system call that of its SYSCALL_DEFINE.</summary>
    public string BodyOf(string function) => Has(function) ? function : program.Unit.Functions.FirstOrDefault(other => SystemCallName.IsOf(function, other.Name))?.Name ?? function;

    /// <summary>True if a call of the function is a step of the model, whatever its body is.</summary>
    internal static bool Binds(string function) => KernelTable.Binds(function);

    /// <summary>Watches the code for a claim.</summary>
    internal Reach Watch(IReadOnlyList<CodePoint> points) => new(new Coverage(program, points, KernelTable.Binds));

    /// <summary>Watches the code while every run takes a branch of a function, whatever the condition says.</summary>
    internal Reach WatchTurned(string function, Detour branch) => new(new Coverage(program, [], KernelTable.Binds) { Turned = (function, branch) });

    /// <summary>True if a statement of the function stands on the line.</summary>
    internal bool HasStatement(CodePoint point) => Coverage.IsStatement(program, point);

    /// <summary>The functions that a call comes to in situations in which nobody interferes.</summary>
    internal Trail TrailOf(string entry, IEnumerable<Situation> situations, Bounds bounds)
    {
        var trail = new Trail();
        foreach (var situation in situations)
        {
            _ = Explorer.Search(program, entry, situation, new HashSet<ViolationKind>(), bounds, trail);
        }

        return trail;
    }
}
