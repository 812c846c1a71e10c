using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>Which statements runs have executed: all of them together, and for a few points every run by itself.</summary>
internal sealed class Coverage
{
    private readonly ProgramCode program;
    private readonly IReadOnlyList<CodePoint> points;
    private readonly Func<string, bool> binds;
    private readonly Dictionary<CompiledFunction, Marks> marks = [];

    /// <summary>Watches a program.</summary>
    /// <param name="program">The code.</param>
    /// <param name="points">At most 64 statements that are told apart for every run; the n-th one is the n-th bit of <see cref="Execution.Passed"/>.</param>
    /// <param name="binds">Tells whether calls of a function go somewhere else than into its body.</param>
    public Coverage(ProgramCode program, IReadOnlyList<CodePoint> points, Func<string, bool> binds) => (this.program, this.points, this.binds) = (program, points, binds);

    /// <summary>The function with a branch that every run is made to take; null if runs go where they go.</summary>
    public (string Function, Detour Branch)? Turned { get; init; }

    /// <summary>All points.</summary>
    public ulong All => points.Count == 64 ? ulong.MaxValue : (1UL << points.Count) - 1;

    /// <summary>The marks of a function.</summary>
    public Marks Of(CompiledFunction function)
    {
        if (!marks.TryGetValue(function, out var found))
        {
            found = new Marks(new bool[function.Code.Length], new ulong[function.Code.Length], Turned is var (name, branch) && name == function.Name ? branch : null);
            for (var number = 0; number < points.Count; number++)
            {
                if (points[number].Function == function.Name && function.Header is null)
                {
                    Mark(function, points[number].Line, 1UL << number, found.Points);
                }
            }

            marks[function] = found;
        }

        return found;
    }

    /// <summary>True if a statement of the function stands on the line.</summary>
    public static bool IsStatement(ProgramCode program, CodePoint point) => program.TargetOf(point.Function).Code is { } code && StatementAt(program, code, point.Line, static _ => true) is not null;

    /// <summary>The first line of a function that no run has executed, from 1; null if there is none. Places where a warning of the kernel's fires do not count.</summary>
    /// <param name="function">The function.</param>
    /// <param name="isWhole">True for every statement; false for those that call a function, store something or look at a member of a structure.</param>
    public int? FirstMissing(string function, bool isWhole)
    {
        if (program.TargetOf(function).Code is not { } code)
        {
            return null;
        }

        var executed = Of(code).Executed;
        return Statements(code, binds).Where(statement => !statement.Value.Exists(pc => executed[pc]) && (isWhole || statement.Value.Exists(pc => IsContact(code.Code[pc]))))
            .Select(statement => (int?)program.Unit.Text.PositionOf(statement.Key.Span.Start).Line).Min();
    }

    /// <summary>The branches at which a run can leave the function by a way that none has taken.</summary>
    public IEnumerable<Detour> WaysOut(string function) => program.TargetOf(function).Code is { } code ? code.WaysOut(Of(code).Executed) : [];

    /// <summary>The sides of a function's branches that no run has taken.</summary>
    public IEnumerable<Detour> SidesNotTaken(string function) => program.TargetOf(function).Code is { } code ? code.SidesNotTaken(Of(code).Executed) : [];

    /// <summary>Counts what other runs have executed of a function.</summary>
    public void Add(string function, Coverage other)
    {
        if (program.TargetOf(function).Code is { } code)
        {
            var (mine, others) = (Of(code).Executed, other.Of(code).Executed);
            for (var pc = 0; pc < mine.Length; pc++)
            {
                mine[pc] |= others[pc];
            }
        }
    }

    private static bool IsContact(Instruction instruction) =>
        instruction.Opcode is Opcode.Call or Opcode.CallAddress or Opcode.Store or Opcode.StoreBits or Opcode.Copy || (instruction.Opcode is Opcode.Load or Opcode.LoadBits && instruction.Target is string);

    /// <summary>Marks the innermost statement on a line; the function's first instruction if there is none.</summary>
    private void Mark(CompiledFunction code, int line, ulong bit, ulong[] target)
    {
        foreach (var pc in StatementAt(program, code, line, binds) ?? [0])
        {
            target[pc] |= bit;
        }
    }

    private static List<int>? StatementAt(ProgramCode program, CompiledFunction code, int line, Func<string, bool> binds) => Statements(code, binds)
        .Where(entry => program.Unit.Text.PositionOf(entry.Key.Span.Start).Line <= line && line <= program.Unit.Text.PositionOf(entry.Key.Span.End).Line)
        .OrderBy(static entry => entry.Key.Span.End - entry.Key.Span.Start)
        .FirstOrDefault().Value;

    /// <summary>The statements that have instructions which can be reached, with those.</summary>
    private static Dictionary<Node, List<int>> Statements(CompiledFunction code, Func<string, bool> binds)
    {
        var statements = new Dictionary<Node, List<int>>(ReferenceEqualityComparer.Instance);
        var isOnTheWay = code.OnTheWay(binds);
        for (var pc = 0; pc < code.Code.Length; pc++)
        {
            if (isOnTheWay[pc] && code.Nodes[pc] is { } node)
            {
                if (!statements.TryGetValue(node, out var all))
                {
                    statements[node] = all = [];
                }

                all.Add(pc);
            }
        }

        return statements;
    }

    /// <summary>For each instruction of a function: whether it was ever executed, and the points that it is part of. The branch that is taken whatever its condition says.</summary>
    internal sealed record Marks(bool[] Executed, ulong[] Points, Detour? Turned);
}

/// <summary>A statement by its place.</summary>
/// <param name="Function">The function of the file.</param>
/// <param name="Line">The line, from 1.</param>
internal readonly record struct CodePoint(string Function, int Line);
