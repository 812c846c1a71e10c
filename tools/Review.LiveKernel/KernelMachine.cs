using Review.Model;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>
/// The running kernel as a machine: every operation is a real system call, or access, of a traced process of our own. The
/// whole machine is killed when it does not end in time. To be used by the thread that made its <see cref="KernelHost"/>.
/// </summary>
internal sealed class KernelMachine : IScenarioMachine, IDisposable
{
    private const int PageSize = 4096;
    private const int MostAccessedPages = 1 << 16;

    private readonly KernelHost host;
    private readonly Lock gate = new();
    private readonly Stack<Tracee> processes = new();
    private readonly List<KernelThread> threads = [];
    private readonly Queue<(Tracee Process, Dictionary<string, long> Descriptors)> forked = new();
    private readonly Stack<Dictionary<string, long>> tables = new();
    private readonly Timer deadline;

    public KernelMachine(KernelHost host, TimeSpan timeout)
    {
        this.host = host;
        var process = host.NewProcess();
        processes.Push(process);
        tables.Push(new Dictionary<string, long>(StringComparer.Ordinal));
        deadline = new Timer(_ => Abort(), state: null, timeout, Timeout.InfiniteTimeSpan);
    }

    private Tracee Process => processes.Peek();

    // Descriptors by name: a child has copies, which it may close.
    private Dictionary<string, long> Descriptors => tables.Peek();

    private UserfaultCalls Userfault => new(Descriptors);

    /// <inheritdoc />
    public Answer Perform(Operation operation, ScenarioNames names, ulong place)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(names);
        try
        {
            return operation switch
            {
                WritePattern pattern => Pattern(pattern, names),
                RangeOperation range => OnRange(range, names.ValueOf(range.Address), names.ValueOf(range.Length)),
                CreateFile file => Opened(file.Name, host.Files.Create(file, Process)),
                Ftruncate truncate => Process.Answer(SystemCall.Ftruncate, Descriptor(truncate.File), (ulong)truncate.Pages * PageSize),
                Close close => CloseDescriptor(close),
                Mmap map => Map(map, names, place),
                ProcessMadvise madvise => new ProcessMadviseCall(madvise, names).Perform(Process),
                Mremap remap => Remap(remap, names),
                AccessRemotely access => RemoteAccessCall.Perform(access.Way, Process, names.ValueOf(access.Address)),
                OpenUffd uffd => Opened(uffd.Name, UserfaultCalls.Open(Process, uffd.Features)),
                UffdCopy copy => Userfault.Copy(Process, copy, names.ValueOf(copy.Address)),
                UffdWait wait => Userfault.Wait(Process, wait.Uffd),
                UffdRead read => Userfault.Read(Process, read),
                StartThread thread => Begin(thread.Step, names),
                JoinThreads join => Join(join.Monitored),
                RlimitMemlock limit => Process.Answer(SystemCall.Setrlimit, 8, ScenarioFiles.Words(Process, limit.Bytes, limit.Bytes)),
                DropPrivileges => Process.Answer(SystemCall.Setresuid, 65534, 65534, 65534),
                _ => new NotPossible($"{OperationNames.Of(operation)} is not run on a kernel"),
            };
        }
        catch (TraceeLostException lost)
        {
            return new NotPossible(lost.Message);
        }
    }

    /// <inheritdoc />
    public EquatableList<SeenVma> Vmas(ulong start, ulong end) => MemoryMapReader.Vmas(Process.MemoryMap(), start, end);

    /// <inheritdoc />
    public string PageStates(ulong start, int pages) =>
        string.Create(pages, Process.PageMap(start, pages), (states, entries) =>
        {
            for (var i = 0; i < states.Length; i++)
            {
                states[i] = PageStateReader.StateOf(entries[i], host.ZeroFrame);
            }
        });

    /// <inheritdoc />
    public byte? PresentByte(ulong address)
    {
        Span<byte> read = stackalloc byte[1];
        return Process.TryRead(address, read) ? read[0] : null;
    }

    /// <inheritdoc />
    public bool EnterChild()
    {
        try
        {
            Enter(Process.Fork(), new Dictionary<string, long>(Descriptors, StringComparer.Ordinal));
            return true;
        }
        catch (TraceeLostException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public bool EnterForkedChild()
    {
        if (!forked.TryDequeue(out var child))
        {
            return false;
        }

        Enter(child.Process, child.Descriptors);
        return true;
    }

    /// <inheritdoc />
    public void LeaveChild()
    {
        tables.Pop();
        Pop().Dispose();
    }

    /// <summary>Kills every process of the machine.</summary>
    public void Dispose()
    {
        while (processes.Count > 1)
        {
            LeaveChild();
        }

        Process.Abort();
        foreach (var thread in threads)
        {
            thread.Dispose();
        }

        foreach (var (child, _) in forked)
        {
            child.Dispose();
        }

        // The process is not reaped before its deadline is gone: nobody else's process is killed under its number.
        deadline.Dispose();
        Pop().Dispose();
    }

    // The deadline comes from another thread; whoever waits for one of the processes goes on when it is killed.
    private void Abort()
    {
        lock (gate)
        {
            foreach (var process in processes)
            {
                process.Abort();
            }

            // The end of a process is not reported before those of its threads were taken.
            foreach (var thread in threads)
            {
                thread.Reap();
            }
        }
    }

    private void Enter(Tracee child, Dictionary<string, long> descriptors)
    {
        lock (gate)
        {
            processes.Push(child);
        }

        tables.Push(descriptors);
    }

    private Tracee Pop()
    {
        lock (gate)
        {
            return processes.Pop();
        }
    }

    private Answer OnRange(RangeOperation operation, ulong address, ulong length) => operation switch
    {
        Madvise { Advice: Madv.HwPoison or Madv.SoftOffline } => new NotPossible("this advice damages the machine and is never given"),
        Madvise madvise => Process.Answer(SystemCall.Madvise, address, length, unchecked((uint)madvise.Advice)),
        Munmap => Process.Answer(SystemCall.Munmap, address, length),
        Mprotect protect => Process.Answer(SystemCall.Mprotect, address, length, (ulong)protect.Protection),
        Mlock => Process.Answer(SystemCall.Mlock, address, length),
        Mlock2 mlock => Process.Answer(SystemCall.Mlock2, address, length, unchecked((uint)mlock.Flags)),
        Munlock => Process.Answer(SystemCall.Munlock, address, length),
        Mseal seal => Process.Answer(SystemCall.Mseal, address, length, seal.Flags),
        Msync sync => Process.Answer(SystemCall.Msync, address, length, unchecked((uint)sync.Flags)),
        Mincore mincore => InCore(mincore, address, length),
        WriteBytes write => Accesses(address, length, page => Process.WriteByte(page, write.Byte)),
        ReadBytes => Accesses(address, length, Process.ReadByte),
        _ => Userfault.OnRange(Process, operation, address, length),
    };

    private Answer Opened(string name, long descriptor)
    {
        Descriptors[name] = descriptor;
        return Tracee.AnswerOf(descriptor);
    }

    // The kernel gives the number to the next file: the name must not mean that one.
    private CallAnswer CloseDescriptor(Close close)
    {
        var answer = Process.Answer(SystemCall.Close, Descriptor(close.File));
        Descriptors[close.File] = -1;
        return answer;
    }

    private ulong Descriptor(string name) => unchecked((ulong)Descriptors.GetValueOrDefault(name, -1));

    private CallAnswer Map(Mmap map, ScenarioNames names, ulong place) => Process.Answer(
        SystemCall.Mmap,
        place,
        names.ValueOf(map.Length),
        (ulong)map.Protection,
        LinuxFlags.Of(map.Flags),
        map.File is { } file ? Descriptor(file) : ulong.MaxValue,
        map.Offset is { } offset ? names.ValueOf(offset) : 0);

    private CallAnswer Remap(Mremap remap, ScenarioNames names) => Process.Answer(
        SystemCall.Mremap,
        names.ValueOf(remap.Address),
        names.ValueOf(remap.OldLength),
        names.ValueOf(remap.NewLength),
        (ulong)remap.Flags,
        remap.NewAddress is { } wanted ? names.ValueOf(wanted) : 0);

    private CallAnswer InCore(Mincore mincore, ulong address, ulong length)
    {
        var answer = Process.Answer(SystemCall.Mincore, address, length, mincore.BadVector ? Tracee.Unmapped : Tracee.Scratch);
        if (answer.Errno != Errno.None)
        {
            return answer;
        }

        var bytes = new byte[(length + PageSize - 1) / PageSize];
        Process.TryRead(Tracee.Scratch, bytes);
        return answer with { Vector = string.Concat(bytes.Select(static b => (b & 1) != 0 ? '1' : '0')) };
    }

    private Answer Pattern(WritePattern pattern, ScenarioNames names)
    {
        var start = names.BaseOf(pattern.Address);
        return Accesses(names.ValueOf(pattern.Address), names.ValueOf(pattern.Length), page => Process.Fill(page, PageSize, unchecked((byte)(0x61 + ((page - start) / PageSize)))));
    }

    private static Answer Accesses(ulong address, ulong length, Func<ulong, PageAccess> access)
    {
        var count = (length / PageSize) + (length % PageSize == 0 ? 0UL : 1);
        return count > MostAccessedPages
            ? new NotPossible($"{count} pages are too many to be touched one by one")
            : new AccessAnswer(Enumerable.Range(0, (int)count).Select(i => access(unchecked(address + ((ulong)i * PageSize)))).ToEquatableList());
    }

    private Answer Begin(Operation step, ScenarioNames names)
    {
        if (step is Madvise { Advice: Madv.HwPoison or Madv.SoftOffline })
        {
            return new NotPossible("this advice damages the machine and is never given");
        }

        if (KernelThread.Begin(Process, step, names, Descriptors) is not { } thread)
        {
            return new NotPossible($"{OperationNames.Of(step)} does not run in a thread");
        }

        lock (gate)
        {
            threads.Add(thread);
        }

        return Done.Instance;
    }

    private ThreadAnswers Join(string? monitored)
    {
        var answers = new List<CallAnswer>();
        var events = new List<EventAnswer>();
        foreach (var thread in threads)
        {
            // The process itself is the monitor: what a thread waits for is read until its call has ended.
            while (monitored is not null && !thread.HasStopped)
            {
                events.AddRange(Userfault.ReadNext(Process, monitored) is { } happened ? [happened] : []);
            }

            answers.Add(thread.End());
            if (thread.Child is { } child)
            {
                forked.Enqueue((child, thread.Inherited));
            }
        }

        lock (gate)
        {
            threads.Clear();
        }

        return new ThreadAnswers(answers.ToEquatableList(), events.ToEquatableList());
    }
}
