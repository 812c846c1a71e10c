namespace Review.Witness.Interpretation;

/// <summary>What an <see cref="Instruction"/> does. Operands are taken from the stack, the last one from its top.</summary>
internal enum Opcode
{
    /// <summary>Pushes <see cref="Instruction.Number"/>.</summary>
    Constant,

    /// <summary>Pushes a value that was never set.</summary>
    Undefined,

    /// <summary>Pushes the address of a local at offset Number.</summary>
    LocalAddress,

    /// <summary>Pushes the address of the <see cref="Variable"/> in Target.</summary>
    VariableAddress,

    /// <summary>Pushes the address of the <see cref="CallTarget"/> in Target.</summary>
    FunctionAddress,

    /// <summary>Pushes the address of the string in Target.</summary>
    StringAddress,

    /// <summary>Pushes the local at offset Number: A bytes, signed if B is not 0.</summary>
    LoadLocal,

    /// <summary>Replaces an address by what is there: A bytes, signed if B is not 0. Target names the member for objects of the kernel.</summary>
    Load,

    /// <summary>Replaces an address by the bit field A bits behind it, B bits wide, signed if Number is not 0.</summary>
    LoadBits,

    /// <summary>Takes an address and a value, stores A bytes, leaves the value.</summary>
    Store,

    /// <summary>Takes an address and a value, stores the bit field A bits behind it, B bits wide, leaves the value as a signed or unsigned field of that width holds it.</summary>
    StoreBits,

    /// <summary>Takes two addresses, copies Number bytes from the second to the first, leaves the first.</summary>
    Copy,

    /// <summary>Makes A bytes of locals at offset Number unset.</summary>
    Forget,

    /// <summary>Takes an address and sets A bytes there to zero.</summary>
    Clear,

    /// <summary>Adds Number to an address.</summary>
    Offset,

    /// <summary>The address has to be that of a kernel object; else the run needs what Target says.</summary>
    NeedForeign,

    Duplicate,
    Swap,
    Pop,

    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    ShiftLeft,
    ShiftRight,
    And,
    Or,
    Xor,
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    Negate,
    Complement,
    Not,

    /// <summary>Converts to A bytes, signed if B is not 0.</summary>
    Convert,

    /// <summary>Converts to <c>_Bool</c>.</summary>
    ConvertToBool,

    /// <summary>Goes on at A with B values on the stack above the frame's own bottom.</summary>
    Jump,

    /// <summary>Takes a value and goes on at A if it is zero.</summary>
    JumpIfZero,

    /// <summary>Takes a value and goes on at A if it is not.</summary>
    JumpIfNotZero,

    /// <summary>Takes a value and goes on where the <see cref="SwitchTable"/> in Target says.</summary>
    Switch,

    /// <summary>Takes A arguments, calls the <see cref="CallTarget"/> in Target, leaves its result. A structure is returned into the local at offset Number, B bytes long.</summary>
    Call,

    /// <summary>As <see cref="Call"/>, with the function's address below the arguments.</summary>
    CallAddress,

    /// <summary>A macro that leaves nothing behind on this machine, named as the <see cref="CallTarget"/> in Target: what is around the code may have a meaning for it.</summary>
    Mark,

    /// <summary>Takes A arguments and does what the <see cref="Builtin"/> in Target does.</summary>
    Builtin,

    /// <summary>Takes a value and returns it.</summary>
    Return,

    /// <summary>Inline assembly that the interpreter does not know: the run needs something.</summary>
    Unknown,

    /// <summary>A WARN() or BUG() of the kernel's fires: <see cref="Instruction.Target"/> is the message. Right code does not come here.</summary>
    Warning,

    /// <summary>The code says that this is never reached: BUG(), WARN(), __builtin_unreachable().</summary>
    Forbidden,
}

/// <summary>One instruction of a compiled function.</summary>
/// <param name="Opcode">What it does.</param>
/// <param name="A">First parameter.</param>
/// <param name="B">Second parameter.</param>
/// <param name="Number">A wide parameter.</param>
/// <param name="Target">What it refers to.</param>
internal readonly record struct Instruction(Opcode Opcode, int A = 0, int B = 0, long Number = 0, object? Target = null);

/// <summary>Where a switch goes.</summary>
internal sealed class SwitchTable
{
    /// <summary>The labels with their inclusive bounds, in source order, and where their code is.</summary>
    public List<(long Low, long High, int Pc)> Cases { get; } = [];

    /// <summary>Where a value goes that no case has.</summary>
    public int Default { get; set; }
}
