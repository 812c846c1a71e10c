namespace Review.Model.Calls;

/// <summary>Who is calling: a process, and a thread number from 1 to 63 that is unique on the machine.</summary>
public readonly record struct Current(int Process, int Thread);

/// <summary>A signal that an access brings about.</summary>
public enum Signal : byte
{
    None,
    Segv,
    Bus,
}

/// <summary>What a call returned, or how an access ended.</summary>
/// <param name="Value">The return value, or the byte that was read.</param>
/// <param name="Error">The error, if the call failed.</param>
/// <param name="Signal">The signal, if an access failed.</param>
public readonly record struct CallResult(ulong Value, Errno Error = Errno.None, Signal Signal = Signal.None)
{
    /// <summary>Success with the value 0.</summary>
    public static readonly CallResult Success;

    /// <summary>A failure.</summary>
    public static CallResult Fail(Errno error) => new(0, error);

    /// <summary>A failure, or success with 0 for <see cref="Errno.None"/>.</summary>
    public static implicit operator CallResult(Errno error) => new(0, error);

    /// <summary>Whether nothing went wrong.</summary>
    public bool IsSuccess => Error == Errno.None && Signal == Signal.None;
}

/// <summary>The state after a step.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Next">The call, if it goes on.</param>
/// <param name="Result">The result, if it has ended.</param>
/// <param name="IsBlocked">The call cannot go on before another thread does something; nothing changed.</param>
public readonly record struct Step(Machine Machine, Call? Next, CallResult Result, bool IsBlocked)
{
    /// <summary>Whether the call has ended.</summary>
    public bool IsEnd => Next is null;

    /// <summary>The call goes on from here; others may run first.</summary>
    public static Step GoOn(Machine machine, Call next) => new(machine, next, default, IsBlocked: false);

    /// <summary>The call has ended.</summary>
    public static Step End(Machine machine, CallResult result) => new(machine, null, result, IsBlocked: false);

    /// <summary>The call waits.</summary>
    public static Step Wait(Machine machine, Call waiting) => new(machine, waiting, default, IsBlocked: true);
}

/// <summary>
/// A call in progress: an immutable continuation. Every step ends where other threads can tell the difference: a lock was taken or
/// dropped, an event waits to be read, the next VMA or page is about to be looked at.
/// </summary>
public abstract record Call(Current Current)
{
    /// <summary>Does the next step.</summary>
    public abstract Step Step(Machine machine);

    /// <summary>What the next step is about to do, in the kernel's terms.</summary>
    public abstract string NextAction { get; }

    /// <summary>The caller's address space.</summary>
    protected int OwnSpace(Machine machine) => machine.Process(Current.Process).Space;
}

/// <summary>Runs calls to their end.</summary>
public static class CallRunner
{
    /// <summary>Steps until the call has ended or waits for another thread.</summary>
    public static Step Run(this Machine machine, Call call)
    {
        var step = call.Step(machine);
        while (step is { Next: not null, IsBlocked: false })
        {
            step = step.Next.Step(step.Machine);
        }

        return step;
    }
}
