namespace Review.Witness.Interpretation;

/// <summary>Why a run stands still.</summary>
internal enum StopKind
{
    /// <summary>The entry function returned.</summary>
    Returned,

    /// <summary>A bound function asks to be finished from outside: the thread waits, or others may go first.</summary>
    Waiting,

    /// <summary>The code did what C or the kernel forbids.</summary>
    Violation,

    /// <summary>Something is met that the interpreter or its bindings do not know: nothing can be said.</summary>
    Needs,

    /// <summary>The bound on steps is reached.</summary>
    OutOfSteps,
}

/// <summary>The end of one stretch of a run.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">What is violated or needed, in lower case without a full stop; else empty.</param>
/// <param name="Result">The entry function's result.</param>
/// <param name="Violation">What kind of violation.</param>
internal readonly record struct Stop(StopKind Kind, string Message = "", Value Result = default, ViolationKind Violation = ViolationKind.None);

/// <summary>Ends a run from inside an instruction.</summary>
internal sealed class StopException(StopKind kind, string message) : Exception(message)
{
    public StopKind Kind { get; } = kind;

    public ViolationKind Violation { get; private init; }

    public static StopException Violates(ViolationKind violation, string message) => new(StopKind.Violation, message) { Violation = violation };

    public static StopException Needs(string message) => new(StopKind.Needs, message);
}
