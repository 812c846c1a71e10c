using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>A thread of a traced process that makes one system call, which may wait until somebody reads a userfaultfd.</summary>
internal sealed class KernelThread : IDisposable
{
    private readonly Tracee thread;
    private readonly bool forks;

    private KernelThread(Tracee thread, bool forks, Dictionary<string, long> inherited)
    {
        this.thread = thread;
        this.forks = forks;
        Inherited = inherited;
    }

    /// <summary>The child, if the thread has forked and its call has ended.</summary>
    public Tracee? Child { get; private set; }

    /// <summary>The descriptors that a child has: those of the moment when the fork began.</summary>
    public Dictionary<string, long> Inherited { get; }

    /// <summary>Whether the call has ended, or a fork has got as far as to have a child.</summary>
    public bool HasStopped => thread.HasStopped;

    /// <summary>Begins the call; null if it is none for a thread.</summary>
    public static KernelThread? Begin(Tracee process, Operation step, ScenarioNames names, Dictionary<string, long> descriptors)
    {
        if (step is not (Madvise or Munmap or Mremap or Fork))
        {
            return null;
        }

        var begun = process.StartThread();
        switch (step)
        {
            case Madvise madvise:
                begun.Begin(SystemCall.Madvise, names.ValueOf(madvise.Address), names.ValueOf(madvise.Length), unchecked((uint)madvise.Advice));
                break;
            case Munmap unmap:
                begun.Begin(SystemCall.Munmap, names.ValueOf(unmap.Address), names.ValueOf(unmap.Length));
                break;
            case Mremap remap:
                begun.Begin(
                    SystemCall.Mremap,
                    names.ValueOf(remap.Address),
                    names.ValueOf(remap.OldLength),
                    names.ValueOf(remap.NewLength),
                    (ulong)remap.Flags,
                    remap.NewAddress is { } wanted ? names.ValueOf(wanted) : 0);
                break;
            default:
                begun.BeginFork();
                break;
        }

        return new KernelThread(begun, step is Fork, new Dictionary<string, long>(descriptors, StringComparer.Ordinal));
    }

    /// <summary>Waits for the end of the call and ends the thread.</summary>
    public CallAnswer End()
    {
        CallAnswer answer;
        if (forks)
        {
            Child = thread.EndFork();
            answer = CallAnswer.Of((ulong)Child.Pid);
        }
        else
        {
            answer = Tracee.AnswerOf(thread.End());
        }

        thread.Exit();
        return answer;
    }

    /// <summary>Takes away the end of the thread of a process that was killed; from any thread of ours.</summary>
    public void Reap() => thread.Reap();

    /// <inheritdoc />
    public void Dispose() => thread.Dispose();
}
