using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>
/// One thread of interpreted code: its frames, its stack and its memory. It stands still wherever a bound function says so, and can be copied there;
/// the copy goes on by itself.
/// </summary>
internal sealed partial class Execution
{
    private readonly ProgramCode program;
    private readonly Coverage? coverage;
    private readonly Dictionary<Variable, ulong> variables;
    private readonly List<Frame> frames;
    private Value[] stack;
    private int top;

    private Execution(ProgramCode program, Coverage? coverage)
    {
        this.program = program;
        this.coverage = coverage;
        Memory = new Memory();
        variables = [];
        frames = [];
        stack = new Value[64];
    }

    private Execution(Execution other)
    {
        program = other.program;
        coverage = other.coverage;
        Memory = other.Memory.Copy();
        variables = new Dictionary<Variable, ulong>(other.variables);
        frames = [.. other.frames];
        stack = other.stack.AsSpan(0, Math.Max(other.top + 16, 64)).ToArray();
        top = other.top;
        Steps = other.Steps;
        Passed = other.Passed;
        Pending = other.Pending;
    }

    /// <summary>The objects that the code can reach.</summary>
    public Memory Memory { get; }

    /// <summary>Instructions executed so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The points of the coverage that this run has passed, one bit each.</summary>
    public ulong Passed { get; private set; }

    /// <summary>The bound call that the thread stands at; null if it stands at none.</summary>
    public PendingCall? Pending { get; private set; }

    /// <summary>The functions being executed, the innermost first.</summary>
    public IEnumerable<string> Functions => frames.AsEnumerable().Reverse().Select(static frame => frame.Code.Name);

    /// <summary>True inside a function that a bound one has called.</summary>
    public bool IsCalledBack => frames.Exists(static frame => frame.Serves is not null);

    /// <summary>The innermost function of the file itself.</summary>
    public string Function => frames.FindLast(static frame => frame.Code.Header is null).Code?.Name ?? "";

    /// <summary>The line of the file that is being executed, from 1; 0 if none is.</summary>
    public int Line
    {
        get
        {
            var frame = frames.FindLast(static frame => frame.Code.Header is null);
            var node = frame.Code is { } code && frame.Pc < code.Nodes.Length ? code.Nodes[frame.Pc] : null;
            return node is null ? 0 : program.Unit.Text.PositionOf(node.Span.Start).Line;
        }
    }

    /// <summary>A thread about to call a function.</summary>
    /// <param name="program">The code.</param>
    /// <param name="function">A function with a body.</param>
    /// <param name="arguments">Makes its arguments in the thread's memory.</param>
    /// <param name="coverage">Takes down what is executed; null if nobody asks.</param>
    /// <exception cref="StopException">The function has no body.</exception>
    public static Execution Start(ProgramCode program, string function, Func<Memory, Value[]> arguments, Coverage? coverage = null)
    {
        var execution = new Execution(program, coverage);
        if (program.TargetOf(function).Code is not { } code)
        {
            throw StopException.Needs($"the function {function}()");
        }

        var values = arguments(execution.Memory);
        if (values.Length != code.Parameters.Length)
        {
            throw StopException.Needs($"{function}() with {values.Length} arguments; it has {code.Parameters.Length}");
        }

        foreach (var value in values)
        {
            execution.Push(value);
        }

        execution.Enter(code, values.Length, isInitializer: false, result: 0);
        return execution;
    }

    /// <summary>A thread of its own that stands where this one does.</summary>
    public Execution Copy() => new(this);

    /// <summary>Hands in the result of the call that the thread stands at.</summary>
    public void Complete(Value result)
    {
        Pending = null;
        PushResult(frames[^1].Code.Code[frames[^1].Pc], result);
        Advance();
    }

    /// <summary>The bound function that the thread stands at calls one with a body; when that returns, the thread stands there again, with the answer.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="call">The call as it goes on afterwards.</param>
    public void CallFrom(CompiledFunction function, Value[] arguments, PendingCall call)
    {
        Pending = null;
        foreach (var argument in arguments)
        {
            Push(argument);
        }

        Enter(function, arguments.Length, isInitializer: false, result: 0);
        frames[^1] = frames[^1] with { Serves = call };
    }

    /// <summary>How deep the run is in calls, and at which instruction: where this differs the state does.</summary>
    public (int Depth, int Instruction) Place => (frames.Count, frames[^1].Pc);

    /// <summary>Everything that decides how the run goes on, for comparing states.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        WriteTo(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private void WriteTo(BinaryWriter writer)
    {
        writer.Write(Passed);
        writer.Write(frames.Count);
        foreach (var frame in frames)
        {
            writer.Write(frame.Code.Name);
            writer.Write(frame.Pc);
            writer.Write(frame.Serves?.Round ?? 0);
        }

        writer.Write(Pending?.Round ?? 0);
        for (var i = 0; i < top; i++)
        {
            writer.Write(stack[i].IsDefined);
            writer.Write(stack[i].Bits);
        }

        Memory.WriteTo(writer);
    }

    private void Push(Value value)
    {
        if (top == stack.Length)
        {
            Array.Resize(ref stack, 2 * top);
        }

        stack[top++] = value;
    }

    private void Advance()
    {
        var frame = frames[^1];
        frame.Pc++;
        frames[^1] = frame;
    }

    /// <summary>Goes into a function whose arguments are on the stack.</summary>
    private void Enter(CompiledFunction code, int count, bool isInitializer, long result)
    {
        if (count < code.Parameters.Length)
        {
            throw StopException.Violates(ViolationKind.Memory, $"{code.Name}() is called with {count} arguments");
        }

        const int DeepestCalls = 200;
        if (frames.Count == DeepestCalls)
        {
            throw StopException.Needs($"more than {DeepestCalls} nested calls");
        }

        var address = Memory.Allocate(code.FrameSize, $"the locals of {code.Name}()");
        var bottom = top - count;
        for (var i = 0; i < code.Parameters.Length; i++)
        {
            var place = code.Parameters[i];
            if (place.IsRecord)
            {
                Memory.Copy(address + (ulong)place.Offset, (ulong)stack[bottom + i].Bits, place.Size);
            }
            else
            {
                Memory.Store(address + (ulong)place.Offset, place.Size, stack[bottom + i]);
            }
        }

        top = bottom;
        frames.Add(new Frame(code, address, Memory.Bytes(address), bottom, isInitializer, result) { Marks = coverage?.Of(code) });
    }

    /// <summary>One function being executed. Copies share nothing that changes: the locals are found by their address.</summary>
    private struct Frame(CompiledFunction code, ulong address, byte[] locals, int bottom, bool isInitializer, long result)
    {
        public CompiledFunction Code { get; } = code;

        public int Pc { get; set; }

        /// <summary>Where its locals are.</summary>
        public ulong Address { get; } = address;

        /// <summary>The locals' bytes, with their marks.</summary>
        public byte[] Locals { get; set; } = locals;

        /// <summary>Where it is taken down what is executed; null if nobody asks.</summary>
        public Coverage.Marks? Marks { get; init; }

        /// <summary>The stack below it belongs to its callers.</summary>
        public int Bottom { get; private set; } = bottom;

        /// <summary>True for code that fills a variable on its first use; it leaves no value.</summary>
        public bool IsInitializer { get; } = isInitializer;

        /// <summary>Where a structure that it returns goes, as an address; 0 if it returns none.</summary>
        public long Result { get; } = result;

        /// <summary>The bound call that has called it; null if code did.</summary>
        public PendingCall? Serves { get; init; }

        /// <summary>The same frame on a shorter stack.</summary>
        public readonly Frame On(int depth) => this with { Bottom = depth };
    }
}

/// <summary>A call that waits for its result.</summary>
/// <param name="Function">The function.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record PendingCall(CallTarget Function, Value[] Arguments)
{
    /// <summary>How often it has called back.</summary>
    public int Round { get; init; }

    /// <summary>What the last function that it called returned; null if it has called none.</summary>
    public Value? Answer { get; init; }

    /// <summary>The address of what it has made for the functions that it calls; 0 if it has made nothing.</summary>
    public ulong Shared { get; init; }
}
