namespace Review.Witness.Interpretation;

/// <summary>An object of the kernel that the interpreted code sees by its members only, e.g. a VMA of the model.</summary>
/// <param name="Record">Its structure's tag.</param>
/// <param name="Id">Tells it from others of its structure.</param>
internal sealed record ForeignObject(string Record, int Id);

/// <summary>What is around the interpreted functions: everything that they call and do not contain.</summary>
internal interface IWorld
{
    /// <summary>True if calls of the function go to <see cref="Call"/>, even if its body is known.</summary>
    bool Binds(string function);

    /// <summary>Calls a function; null if the thread has to stop here, and <see cref="Execution.Complete"/> is to hand in the result.</summary>
    /// <exception cref="StopException">The call is a violation, or cannot be answered.</exception>
    Value? Call(Execution execution, CallTarget function, ReadOnlySpan<Value> arguments);

    /// <summary>Hears that a function is about to be interpreted.</summary>
    void Enter(Execution execution, CallTarget function, ReadOnlySpan<Value> arguments);

    /// <summary>Hears that the code passes a macro that leaves nothing behind.</summary>
    void Pass(Execution execution, CallTarget macro);

    /// <summary>Hears that a WARN() or BUG() of the kernel's fires. Behind a WARN() the code goes on.</summary>
    /// <exception cref="StopException">Right code does not come here, and that is what is looked at.</exception>
    void Warn(string message);

    /// <summary>Reads a member.</summary>
    /// <param name="execution">Who reads.</param>
    /// <param name="target">The object.</param>
    /// <param name="member">The member as <c>record.member</c>, further members of members behind it; empty where the code does not say it.</param>
    /// <param name="offset">The member's offset in bytes.</param>
    Value Load(Execution execution, ForeignObject target, string member, int offset);

    /// <summary>Writes a member.</summary>
    void Store(Execution execution, ForeignObject target, string member, int offset, Value value);

    /// <summary>The address of a variable that another file defines; null if it is not known.</summary>
    ulong? AddressOf(Execution execution, string variable);
}
