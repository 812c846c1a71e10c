using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>A parameter's place among the locals, in bytes.</summary>
internal readonly record struct ParameterPlace(int Offset, int Size, bool IsRecord);

/// <summary>A function as the interpreter runs it. Locals lie in one block, as on a machine's stack; nothing in it changes after it was made.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Code">Its instructions.</param>
/// <param name="Nodes">For each instruction the node that it was made of.</param>
/// <param name="Parameters">Where its parameters are.</param>
/// <param name="FrameSize">Length of the block of its locals, in bytes.</param>
/// <param name="Header">The header that it stands in; null for a function of the file itself.</param>
internal sealed record CompiledFunction(
    string Name, ImmutableArray<Instruction> Code, ImmutableArray<Node?> Nodes, ImmutableArray<ParameterPlace> Parameters, int FrameSize, string? Header)
{
    /// <summary>
    /// For each instruction whether a run that is right can come along: a condition that is constant leaves one side out, and what leads nowhere but to a
    /// warning of the kernel's is not executed by right code.
    /// </summary>
    /// <param name="binds">Tells whether calls of a function go somewhere else than into its body.</param>
    public bool[] OnTheWay(Func<string, bool> binds)
    {
        var targets = Code.Where(static instruction => instruction.Opcode is Opcode.Jump or Opcode.JumpIfZero or Opcode.JumpIfNotZero).Select(static instruction => instruction.A).ToHashSet();
        var successors = Enumerable.Range(0, Code.Length).Select(pc => Successors(pc, isTarget: targets.Contains(pc), binds).Where(next => next < Code.Length).ToArray()).ToArray();
        var predecessors = successors.SelectMany(static (next, pc) => next.Select(target => (target, pc))).ToLookup(static edge => edge.target, static edge => edge.pc);
        var reached = Closure([0], pc => successors[pc]);
        var leaving = Closure(Enumerable.Range(0, Code.Length).Where(pc => Code[pc].Opcode is Opcode.Return or Opcode.Unknown), pc => predecessors[pc]);
        return [.. Enumerable.Range(0, Code.Length).Select(pc => reached.Contains(pc) && leaving.Contains(pc))];
    }

    /// <summary>
    /// The branches at which a run can leave the function by a way that none has taken. Only ways straight to a return: nothing on them can depend on another branch
    /// that no run took either.
    /// </summary>
    /// <param name="executed">For each instruction whether a run has executed it.</param>
    public IEnumerable<Detour> WaysOut(bool[] executed) => SidesNotTaken(executed).Where(side => IsStraightOut(side.To));

    /// <summary>The sides of branches that no run has taken.</summary>
    /// <param name="executed">For each instruction whether a run has executed it.</param>
    public IEnumerable<Detour> SidesNotTaken(bool[] executed) =>
        from pc in Enumerable.Range(0, Code.Length)
        where executed[pc] && Code[pc].Opcode is Opcode.JumpIfZero or Opcode.JumpIfNotZero or Opcode.Switch
        from next in Successors(pc, isTarget: false, static _ => true).Distinct()
        where !executed[next]
        select new Detour(pc, next);

    private bool IsStraightOut(int pc)
    {
        for (var steps = 0; steps < Code.Length; steps++)
        {
            switch (Code[pc].Opcode)
            {
                case Opcode.Return:
                    return true;
                case Opcode.JumpIfZero or Opcode.JumpIfNotZero or Opcode.Switch or Opcode.Unknown or Opcode.Forbidden or Opcode.Warning:
                    return false;
                case Opcode.Jump:
                    pc = Code[pc].A;
                    break;
                default:
                    pc++;
                    break;
            }
        }

        return false;
    }

    private static HashSet<int> Closure(IEnumerable<int> start, Func<int, IEnumerable<int>> next)
    {
        var found = start.ToHashSet();
        var open = new Stack<int>(found);
        while (open.TryPop(out var pc))
        {
            foreach (var other in next(pc).Where(found.Add))
            {
                open.Push(other);
            }
        }

        return found;
    }

    /// <summary>The value that an instruction leaves whenever it is executed: a constant, or a call of a function that returns one; null for any other.</summary>
    private static long? ConstantOf(Instruction instruction, Func<string, bool> binds) => instruction switch
    {
        { Opcode: Opcode.Constant } => instruction.Number,
        { Opcode: Opcode.Call, Target: CallTarget { Code: { Header: not null, Code: [{ Opcode: Opcode.Constant, Number: var number }, { Opcode: Opcode.Return }, ..] } } target } when !binds(target.Name) => number,
        _ => null,
    };

    private IEnumerable<int> Successors(int pc, bool isTarget, Func<string, bool> binds)
    {
        var instruction = Code[pc];
        return instruction.Opcode switch
        {
            Opcode.Jump => [instruction.A],
            Opcode.JumpIfZero or Opcode.JumpIfNotZero when !isTarget && pc > 0 && Condition(pc) is { } condition =>
                (condition == 0) == (instruction.Opcode == Opcode.JumpIfZero) ? [instruction.A] : [pc + 1],
            Opcode.JumpIfZero or Opcode.JumpIfNotZero => [pc + 1, instruction.A],
            Opcode.Switch => ((SwitchTable)instruction.Target!).Cases.Select(static entry => entry.Pc).Append(((SwitchTable)instruction.Target!).Default),
            Opcode.Return or Opcode.Unknown or Opcode.Forbidden or Opcode.Warning => [],
            _ => [pc + 1],
        };

        // What a function gives is converted to its type first.
        long? Condition(int jump) => ConstantOf(Code[jump - 1], binds) ?? (jump > 1 && Code[jump - 1].Opcode is Opcode.Convert or Opcode.ConvertToBool ? ConstantOf(Code[jump - 2], binds) : null);
    }

    public override string ToString() => Name;
}

/// <summary>A function as calls name it: what is behind the name is looked up once.</summary>
/// <param name="name">Its name.</param>
/// <param name="signature">Its type as it is declared; null if it is not known.</param>
/// <param name="index">Its number in the program, from 0.</param>
/// <param name="code">Compiles its body; null if no body is known.</param>
internal sealed class CallTarget(string name, FunctionType? signature, int index, Func<CompiledFunction>? code)
{
    private CompiledFunction? compiled;

    public string Name { get; } = name;

    public int Index { get; } = index;

    /// <summary>Its type; tells one era's function from another's of the same name.</summary>
    public FunctionType? Signature { get; } = signature;

    /// <summary>The function's body, or null if none is known.</summary>
    public CompiledFunction? Code => compiled ??= code?.Invoke();

    public override string ToString() => Name;
}

/// <summary>A variable with static lifetime.</summary>
/// <param name="name">Its name.</param>
/// <param name="index">Its number in the program, from 0.</param>
/// <param name="size">Its size in bytes; negative if it is not known.</param>
/// <param name="isDefined">True if the program defines it; false for one that another file defines.</param>
/// <param name="initializer">Compiles the code that fills it; null if it starts as zero.</param>
internal sealed class Variable(string name, int index, long size, bool isDefined, Func<CompiledFunction>? initializer)
{
    private CompiledFunction? compiled;

    public string Name { get; } = name;

    public int Index { get; } = index;

    public long Size { get; } = size;

    public bool IsDefined { get; } = isDefined;

    /// <summary>A function of one parameter, the variable's address, that fills it.</summary>
    public CompiledFunction? Initializer => compiled ??= initializer?.Invoke();

    public override string ToString() => Name;
}
