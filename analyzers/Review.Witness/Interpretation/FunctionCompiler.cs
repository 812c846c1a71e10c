using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>
/// Compiles a function of our tree into instructions for a stack machine: what is a jump in C is a jump here, so that a run can stand still
/// anywhere and be copied. This part has the frame, labels and jumps.
/// </summary>
internal sealed partial class FunctionCompiler
{
    private const int Alignment = 8;

    private readonly ProgramCode program;
    private readonly string name;
    private readonly List<Instruction> code = [];
    private readonly List<Node?> nodes = [];
    private readonly Dictionary<VariableSymbol, int> locals = [];
    private readonly Dictionary<LabelSymbol, Label> labels = [];
    private readonly Stack<(Label Break, Label Continue)> loops = new();
    private readonly Stack<Dictionary<SwitchLabel, Label>> switches = new();
    private Node? current;
    private int frameSize;
    private int depth;

    private FunctionCompiler(ProgramCode program, string name)
    {
        this.program = program;
        this.name = name;
    }

    /// <summary>Compiles a function with a body.</summary>
    public static CompiledFunction Compile(ProgramCode program, FunctionDefinition function)
    {
        var compiler = new FunctionCompiler(program, function.Name);
        var parameters = ImmutableArray.CreateBuilder<ParameterPlace>();
        foreach (var parameter in function.Parameters)
        {
            parameters.Add(compiler.AddParameter(parameter));
        }

        compiler.Statement(function.Body);
        compiler.Emit(new Instruction(Opcode.Undefined));
        compiler.Emit(new Instruction(Opcode.Return));
        return compiler.Finish(parameters.ToImmutable(), function.Header);
    }

    /// <summary>Compiles the code that fills a variable with static lifetime: a function of its address.</summary>
    public static CompiledFunction CompileInitializer(ProgramCode program, VariableSymbol variable, Expression initializer)
    {
        var compiler = new FunctionCompiler(program, $"the initial value of {variable.Name}") { frameSize = Alignment };
        compiler.Guarded(() => compiler.Initialize(() => compiler.Emit(new Instruction(Opcode.LoadLocal, 8)), 0, variable.Type, initializer, isZero: true));
        compiler.Emit(new Instruction(Opcode.Undefined));
        compiler.Emit(new Instruction(Opcode.Return));
        return compiler.Finish([new ParameterPlace(0, 8, IsRecord: false)], null);
    }

    private CompiledFunction Finish(ImmutableArray<ParameterPlace> parameters, string? header)
    {
        for (var pc = 0; pc < code.Count; pc++)
        {
            switch (code[pc].Target)
            {
                case Label label:
                    code[pc] = code[pc] with { A = label.Pc, B = label.Depth, Target = null };
                    break;
                case PendingSwitch pending:
                    code[pc] = code[pc] with { Target = pending.Resolve() };
                    break;
            }
        }

        return new CompiledFunction(name, [.. code], [.. nodes], parameters, frameSize, header);
    }

    private ParameterPlace AddParameter(VariableSymbol parameter)
    {
        var isRecord = parameter.Type.Canonical is RecordType;
        var size = isRecord ? (int)parameter.Type.Size : Scalar.Of(parameter.Type)?.Size ?? Alignment;
        return new ParameterPlace(locals[parameter] = Reserve(size), size, isRecord);
    }

    /// <summary>Room among the locals, in bytes.</summary>
    private int Reserve(long size)
    {
        var offset = frameSize;
        frameSize += (int)((Math.Max(size, 1) + Alignment - 1) / Alignment * Alignment);
        return offset;
    }

    private void Emit(Instruction instruction)
    {
        code.Add(instruction);
        nodes.Add(current);
        depth += Effect(instruction);
    }

    /// <summary>Compiles a part; one that has no instructions becomes one that says so where it is reached.</summary>
    private void Guarded(Action part, bool leavesValue = false)
    {
        var before = depth;
        try
        {
            part();
        }
        catch (NotInterpretedException trouble)
        {
            depth = before;
            Emit(new Instruction(Opcode.Unknown, Target: trouble.Message));
            if (leavesValue)
            {
                Emit(new Instruction(Opcode.Undefined));
            }
        }
    }

    private void Place(Label label)
    {
        label.Pc = code.Count;
        label.Depth = depth;
    }

    private void Jump(Label label) => Emit(new Instruction(Opcode.Jump, Target: label));

    private Label LabelOf(LabelSymbol symbol)
    {
        if (!labels.TryGetValue(symbol, out var label))
        {
            labels[symbol] = label = new Label();
        }

        return label;
    }

    /// <summary>How many values more an instruction leaves than it takes.</summary>
    private static int Effect(Instruction instruction) => instruction.Opcode switch
    {
        Opcode.Constant or Opcode.Undefined or Opcode.LocalAddress or Opcode.VariableAddress or Opcode.FunctionAddress or Opcode.StringAddress
            or Opcode.LoadLocal or Opcode.Duplicate => 1,
        Opcode.Store or Opcode.StoreBits or Opcode.Copy or Opcode.Clear or Opcode.Pop or Opcode.Return => -1,
        >= Opcode.Add and <= Opcode.NotEqual => -1,
        Opcode.JumpIfZero or Opcode.JumpIfNotZero or Opcode.Switch => -1,
        Opcode.Call or Opcode.Builtin => 1 - instruction.A,
        Opcode.CallAddress => -instruction.A,
        _ => 0,
    };

    /// <summary>A place in the code that jumps name before it is known.</summary>
    private sealed class Label
    {
        public int Pc { get; set; } = -1;

        /// <summary>Values on the stack there.</summary>
        public int Depth { get; set; }
    }

    /// <summary>A switch whose labels are not placed yet.</summary>
    private sealed record PendingSwitch(List<(long Low, long High, Label Label)> Cases, Label Default)
    {
        public SwitchTable Resolve()
        {
            var table = new SwitchTable { Default = Default.Pc };
            table.Cases.AddRange(Cases.Select(static entry => (entry.Low, entry.High, entry.Label.Pc)));
            return table;
        }
    }
}
