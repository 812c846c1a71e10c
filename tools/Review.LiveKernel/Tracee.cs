using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Review.Model;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>
/// A process (or thread) of its own that has almost nothing mapped and does, by ptrace(2), exactly one system call or memory access
/// at a time: no runtime, no signal handler, no allocator of its own that would disturb what is observed. A fault shows as a
/// stop by SIGSEGV or SIGBUS, which is taken away before it is delivered. All calls must come from the thread that started it.
/// </summary>
internal sealed class Tracee : IDisposable
{
    /// <summary>Where buffers for system calls lie, <see cref="ScratchLength"/> bytes, zero in a fresh process.</summary>
    public const ulong Scratch = Code + PageSize;

    public const ulong ScratchLength = 32 * PageSize;

    /// <summary>An address where nothing is ever mapped. What follows it does not grow down to it, whatever a scenario maps.</summary>
    public const ulong Unmapped = Code - PageSize;

    private const ulong PageSize = 4096;
    private const ulong Code = 0x2_0000_0000;
    private const ulong ReadCode = Code + 16;
    private const ulong WriteCode = Code + 32;
    private const ulong FillCode = Code + 48;
    private const ulong SystemCallInstruction = 0xcc050f;
    private const ulong Breakpoint = 0xcc;

    private readonly bool isThread;
    private readonly Lazy<SafeFileHandle> memory;
    private readonly Lazy<SafeFileHandle> pagemap;
    private UserRegisters registers;
    private bool ended;

    private Tracee(int pid, bool isThread)
    {
        Pid = pid;
        this.isThread = isThread;
        memory = new(() => File.OpenHandle($"/proc/{pid}/mem", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
        pagemap = new(() => File.OpenHandle($"/proc/{pid}/pagemap", FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
    }

    public int Pid { get; }

    /// <summary>Starts an empty process; a <see cref="TraceeLostException"/> says why that cannot be done here.</summary>
    public static Tracee Start()
    {
        // Any program does: it is replaced before it matters.
        var tracee = new Tracee(Ptrace.Spawn("/bin/sleep", "3600"), isThread: false);
        try
        {
            Ptrace.Seize(tracee.Pid);
            Ptrace.Interrupt(tracee.Pid);
            while (tracee.WaitAny().Event != Ptrace.EventStop)
            {
                // The end of its own exec came first, and every stop takes a pending interrupt away.
                Ptrace.Interrupt(tracee.Pid);
                Ptrace.Resume(tracee.Pid);
            }

            tracee.Become();
            return tracee;
        }
        catch
        {
            tracee.Dispose();
            throw;
        }
    }

    /// <summary>Makes one system call.</summary>
    /// <returns>The result, or minus the error number.</returns>
    public long Call(SystemCall number, ulong first = 0, ulong second = 0, ulong third = 0, ulong fourth = 0, ulong fifth = 0, ulong sixth = 0)
    {
        Begin(number, first, second, third, fourth, fifth, sixth);
        return End();
    }

    /// <summary>Makes one system call and gives its error or its result.</summary>
    public CallAnswer Answer(SystemCall number, ulong first = 0, ulong second = 0, ulong third = 0, ulong fourth = 0, ulong fifth = 0, ulong sixth = 0) =>
        AnswerOf(Call(number, first, second, third, fourth, fifth, sixth));

    /// <summary>Begins a system call that may wait for something; <see cref="End"/> gives its result.</summary>
    public void Begin(SystemCall number, ulong first = 0, ulong second = 0, ulong third = 0, ulong fourth = 0, ulong fifth = 0, ulong sixth = 0) =>
        Go(Code, registers with { Rax = (ulong)number, Rdi = first, Rsi = second, Rdx = third, R10 = fourth, R8 = fifth, R9 = sixth });

    /// <summary>Waits for the end of the call begun.</summary>
    public long End()
    {
        WaitFor(Ptrace.SigTrap);
        return unchecked((long)Ptrace.Registers(Pid).Rax);
    }

    public static CallAnswer AnswerOf(long result) =>
        result is < 0 and >= -4095 ? CallAnswer.Failed((Errno)(-result)) : CallAnswer.Of(unchecked((ulong)result));

    /// <summary>Reads one byte as the process itself would.</summary>
    public PageAccess ReadByte(ulong address)
    {
        Go(ReadCode, registers with { Rdi = address, Rax = 0 });
        var outcome = AccessEnd();
        return new(outcome, outcome == AccessOutcome.Done ? (byte)Ptrace.Registers(Pid).Rax : (byte)0);
    }

    /// <summary>Writes one byte as the process itself would.</summary>
    public PageAccess WriteByte(ulong address, byte value)
    {
        Go(WriteCode, registers with { Rdi = address, Rsi = value });
        return new(AccessEnd());
    }

    /// <summary>Fills so many bytes as the process itself would.</summary>
    public PageAccess Fill(ulong address, ulong length, byte value)
    {
        Go(FillCode, registers with { Rdi = address, Rcx = length, Rax = value });
        return new(AccessEnd());
    }

    /// <summary>Forks; the child is another empty process.</summary>
    public Tracee Fork()
    {
        BeginFork();
        return EndFork();
    }

    /// <summary>Begins a fork, which may wait until somebody reads a userfaultfd; <see cref="EndFork"/> gives the child.</summary>
    public void BeginFork() => Begin(SystemCall.Clone, Ptrace.SigChld);

    /// <summary>Waits for the end of the fork begun.</summary>
    public Tracee EndFork() => Descendant(Ptrace.EventFork, thread: false);

    /// <summary>Whether a stop, or the end, of the process waits to be looked at: the call begun does not go on.</summary>
    public bool HasStopped => Ptrace.HasReport(Pid);

    /// <summary>Begins a thread of this process.</summary>
    public Tracee StartThread()
    {
        const ulong sharedEverything = 0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000; // VM FS FILES SIGHAND THREAD SYSVSEM
        Begin(SystemCall.Clone, sharedEverything, Scratch + ScratchLength - 64);
        return Descendant(Ptrace.EventClone, thread: true);
    }

    /// <summary>Puts bytes into the scratch area (or any memory of the process), past all access rights.</summary>
    public void Write(ulong address, ReadOnlySpan<byte> bytes) => RandomAccess.Write(memory.Value, bytes, (long)address);

    /// <summary>Reads memory past all access rights; false if there is none.</summary>
    public bool TryRead(ulong address, Span<byte> bytes)
    {
        try
        {
            return RandomAccess.Read(memory.Value, bytes, (long)address) == bytes.Length;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The entries of /proc/PID/pagemap from an address on.</summary>
    public ulong[] PageMap(ulong address, int pages)
    {
        var entries = new ulong[pages];
        var read = RandomAccess.Read(pagemap.Value, MemoryMarshal.AsBytes(entries.AsSpan()), (long)(address / PageSize * 8));
        return read == pages * 8 ? entries : new ulong[pages];
    }

    /// <summary>The lines of /proc/PID/smaps.</summary>
    public string[] MemoryMap() => File.ReadAllLines($"/proc/{Pid}/smaps");

    /// <summary>Ends a thread whose call has ended.</summary>
    public void Exit()
    {
        Begin(SystemCall.Exit);
        Dispose();
    }

    /// <summary>Kills the process and takes its exit status away; a thread's end is waited for. Threads go before their process.</summary>
    public void Dispose()
    {
        if (memory.IsValueCreated)
        {
            memory.Value.Dispose();
        }

        if (pagemap.IsValueCreated)
        {
            pagemap.Value.Dispose();
        }

        if (!ended)
        {
            ended = true;
            if (!isThread)
            {
                Ptrace.Kill(Pid);
            }

            Reap();
        }
    }

    /// <summary>Takes away what is reported of a process or thread that was killed, from any thread.</summary>
    public void Reap()
    {
        while (Ptrace.Wait(Pid) is { Stopped: true })
        {
        }
    }

    /// <summary>Kills the process from any thread, so that whoever waits for it goes on.</summary>
    public void Abort() => Ptrace.Kill(Pid);

    // Replaces the host program by an untouched copy of itself at fixed places, and unmaps that too.
    private void Become()
    {
        registers = Ptrace.Registers(Pid) with { OriginalRax = ulong.MaxValue };
        Ptrace.Poke(Pid, registers.Rip, SystemCallInstruction);
        var start = registers.Rip;
        const ulong addressNoRandomize = 0x40000;
        CallAt(start, SystemCall.Personality, addressNoRandomize);
        var stack = (registers.Rsp - 4096) & ~15UL;
        Span<byte> arguments = stackalloc byte[48];
        "/proc/self/exe"u8.CopyTo(arguments);
        BitConverter.TryWriteBytes(arguments[16..], stack);
        WriteFresh(stack, arguments);
        Go(start, registers with { Rax = (ulong)SystemCall.Execve, Rdi = stack, Rsi = stack + 16, Rdx = 0 });
        WaitEvent(Ptrace.EventExec);

        // The stop lies inside execve, whose result would overwrite a register: the new program first runs into an int3.
        Ptrace.Poke(Pid, Ptrace.Registers(Pid).Rip, (SystemCallInstruction << 8) | Breakpoint);
        Ptrace.Resume(Pid);
        WaitFor(Ptrace.SigTrap);
        registers = Ptrace.Registers(Pid) with { OriginalRax = ulong.MaxValue };
        start = registers.Rip;
        const ulong all = 7;
        const ulong privateAnonymousFixed = 0x32;
        CallAt(start, SystemCall.Mmap, Code, PageSize + ScratchLength, all, privateAnonymousFixed, ulong.MaxValue, 0);
        WriteFresh(Code, [0x0f, 0x05, 0xcc]); // syscall; int3
        WriteFresh(ReadCode, [0x8a, 0x07, 0xcc]); // mov al, [rdi]; int3
        WriteFresh(WriteCode, [0x40, 0x88, 0x37, 0xcc]); // mov [rdi], sil; int3
        WriteFresh(FillCode, [0xf3, 0xaa, 0xcc]); // rep stosb; int3

        foreach (var line in File.ReadAllLines($"/proc/{Pid}/maps"))
        {
            var range = line.Split(' ', 2)[0].Split('-');
            var from = ulong.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var to = ulong.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (from != Code && !line.EndsWith(']'))
            {
                Call(SystemCall.Munmap, from, to - from);
            }
        }

        // Children that ended need not be waited for: SIG_IGN.
        Span<byte> ignore = stackalloc byte[32];
        BitConverter.TryWriteBytes(ignore, 1UL);
        WriteFresh(Scratch, ignore);
        Call(SystemCall.RtSigaction, Ptrace.SigChld, Scratch, 0, 8);
    }

    // A handle of /proc/PID/mem goes on to mean the memory from before an exec: none is kept here.
    private void WriteFresh(ulong address, ReadOnlySpan<byte> bytes)
    {
        using var fresh = File.OpenHandle($"/proc/{Pid}/mem", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.Write(fresh, bytes, (long)address);
    }

    private void CallAt(ulong code, SystemCall number, ulong first, ulong second = 0, ulong third = 0, ulong fourth = 0, ulong fifth = 0, ulong sixth = 0)
    {
        Go(code, registers with { Rax = (ulong)number, Rdi = first, Rsi = second, Rdx = third, R10 = fourth, R8 = fifth, R9 = sixth });
        if (End() < 0)
        {
            throw new TraceeLostException($"the process could not be prepared: {number} failed");
        }
    }

    private void Go(ulong code, UserRegisters wanted)
    {
        Ptrace.Registers(Pid, wanted with { Rip = code, OriginalRax = ulong.MaxValue });
        Ptrace.Resume(Pid);
    }

    private Tracee Descendant(int happening, bool thread)
    {
        var stop = WaitAny();
        if (stop.Event != happening)
        {
            throw new TraceeLostException($"clone failed ({stop})");
        }

        var descendant = new Tracee(Ptrace.EventMessage(Pid), thread) { registers = registers };
        descendant.WaitEvent(Ptrace.EventStop);
        Ptrace.Resume(Pid);
        End();
        return descendant;
    }

    private AccessOutcome AccessEnd()
    {
        while (true)
        {
            var stop = WaitAny();
            switch (stop.Signal)
            {
                case Ptrace.SigTrap:
                    return AccessOutcome.Done;
                case Ptrace.SigSegv:
                    return AccessOutcome.SegmentationFault;
                case Ptrace.SigBus:
                    return AccessOutcome.BusError;
                default:
                    Ptrace.Resume(Pid);
                    break;
            }
        }
    }

    private void WaitEvent(int happening)
    {
        while (WaitAny().Event != happening)
        {
            Ptrace.Resume(Pid);
        }
    }

    private void WaitFor(int signal)
    {
        while (WaitAny() is var stop && (stop.Signal != signal || stop.Event != 0))
        {
            Ptrace.Resume(Pid);
        }
    }

    private WaitStatus WaitAny()
    {
        if (Ptrace.Wait(Pid) is { Stopped: true } stop)
        {
            return stop;
        }

        ended = true;
        throw new TraceeLostException("the process was killed or did not end in time");
    }
}
