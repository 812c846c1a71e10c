using System.Runtime.InteropServices;

namespace Review.LiveKernel;

/// <summary>ptrace(2) and what goes with it, as far as <see cref="Tracee"/> needs it.</summary>
internal static unsafe partial class Ptrace
{
    public const int SigTrap = 5;
    public const int SigBus = 7;
    public const int SigKill = 9;
    public const int SigSegv = 11;
    public const int SigChld = 17;

    /// <summary>Children and threads begun by the tracee are traced from their start, an exec stops, and all die with the tracer.</summary>
    public const long Options = 0x2 | 0x8 | 0x10 | 0x100000;

    public const int EventFork = 1;
    public const int EventClone = 3;
    public const int EventExec = 4;
    public const int EventStop = 128;

    private const int PokeText = 4;
    private const int Continue = 7;
    private const int GetRegisters = 12;
    private const int SetRegisters = 13;
    private const int GetEventMessage = 0x4201;
    private const int SeizeRequest = 0x4206;
    private const int InterruptRequest = 0x4207;
    private const int WaitAll = 0x40000000;
    private const int Interrupted = 4;

    /// <summary>Begins to trace a process without stopping it.</summary>
    public static void Seize(int pid) => Check(ptrace(SeizeRequest, pid, 0, (nint)Options), "PTRACE_SEIZE");

    public static void Interrupt(int pid) => Check(ptrace(InterruptRequest, pid, 0, 0), "PTRACE_INTERRUPT");

    /// <summary>Goes on without delivering the signal that stopped the tracee.</summary>
    public static void Resume(int pid) => Check(ptrace(Continue, pid, 0, 0), "PTRACE_CONT");

    public static UserRegisters Registers(int pid)
    {
        UserRegisters registers;
        Check(ptrace(GetRegisters, pid, 0, (nint)(&registers)), "PTRACE_GETREGS");
        return registers;
    }

    public static void Registers(int pid, UserRegisters registers) => Check(ptrace(SetRegisters, pid, 0, (nint)(&registers)), "PTRACE_SETREGS");

    /// <summary>Writes eight bytes of code, also into a read-only mapping.</summary>
    public static void Poke(int pid, ulong address, ulong word) => Check(ptrace(PokeText, pid, (nint)address, (nint)word), "PTRACE_POKETEXT");

    /// <summary>The process or thread that the event was about.</summary>
    public static int EventMessage(int pid)
    {
        nint message;
        Check(ptrace(GetEventMessage, pid, 0, (nint)(&message)), "PTRACE_GETEVENTMSG");
        return (int)message;
    }

    /// <summary>Waits for the next stop or end of one tracee; null if there is none of that number.</summary>
    public static WaitStatus? Wait(int pid)
    {
        while (true)
        {
            int status;
            if (waitpid(pid, &status, WaitAll) == pid)
            {
                return new WaitStatus(status);
            }

            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return null;
            }
        }
    }

    /// <summary>Whether <see cref="Wait"/> would not have to wait. What is reported stays for it.</summary>
    public static bool HasReport(int pid)
    {
        const int byProcess = 1;
        const int stoppedOrEndedNoHangNoWait = 0x2 | 0x4 | 0x1 | 0x01000000;
        const int processIdOffset = 4; // si_pid of siginfo_t, in words of 32 bits: three words and four bytes of padding come before
        var info = stackalloc int[32];
        info[processIdOffset] = 0;
        return waitid(byProcess, pid, info, stoppedOrEndedNoHangNoWait | WaitAll) != 0 || info[processIdOffset] != 0;
    }

    /// <summary>
    /// Starts a program with this process's standard streams and no environment. Not by System.Diagnostics.Process, which
    /// waits for its children on a thread of its own and so would take their stops away.
    /// </summary>
    public static int Spawn(string path, string argument)
    {
        var words = stackalloc nint[] { Marshal.StringToCoTaskMemUTF8(path), Marshal.StringToCoTaskMemUTF8(argument), 0 };
        nint none = 0;
        int pid;
        var error = posix_spawn(&pid, words[0], 0, 0, words, &none);
        Marshal.FreeCoTaskMem(words[0]);
        Marshal.FreeCoTaskMem(words[1]);
        return error == 0 ? pid : throw new TraceeLostException($"{path} cannot be started (error {error})");
    }

    public static void Kill(int pid) => _ = kill(pid, SigKill);

    private static void Check(nint result, string request)
    {
        if (result == -1)
        {
            throw new TraceeLostException($"{request} failed with error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ptrace(int request, int pid, nint address, nint data);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int waitid(int idType, int id, int* info, int options);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int posix_spawn(int* pid, nint path, nint fileActions, nint attributes, nint* arguments, nint* environment);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int signal);
}

/// <summary>What wait(2) reports of a tracee.</summary>
internal readonly record struct WaitStatus(int Status)
{
    public bool Stopped => (Status & 0xff) == 0x7f;

    /// <summary>The signal that stopped it.</summary>
    public int Signal => (Status >> 8) & 0xff;

    /// <summary>The PTRACE_EVENT_ that stopped it, or 0.</summary>
    public int Event => Status >> 16;

    public override string ToString() =>
        Stopped ? $"stopped by signal {Signal}, event {Event}" : (Status & 0x7f) != 0 ? $"killed by signal {Status & 0x7f}" : $"ended with status {Signal}";
}

/// <summary>struct user_regs_struct of x86-64 (asm/user_64.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UserRegisters
{
    public ulong R15;
    public ulong R14;
    public ulong R13;
    public ulong R12;
    public ulong Rbp;
    public ulong Rbx;
    public ulong R11;
    public ulong R10;
    public ulong R9;
    public ulong R8;
    public ulong Rax;
    public ulong Rcx;
    public ulong Rdx;
    public ulong Rsi;
    public ulong Rdi;
    public ulong OriginalRax;
    public ulong Rip;
    public ulong Cs;
    public ulong Flags;
    public ulong Rsp;
    public ulong Ss;
    public ulong FsBase;
    public ulong GsBase;
    public ulong Ds;
    public ulong Es;
    public ulong Fs;
    public ulong Gs;
}

/// <summary>The traced process ended, or cannot be traced.</summary>
internal sealed class TraceeLostException(string message) : Exception(message);
