/*
 * Linked into the program of machine code, and run before anything of it is:
 * the threads of the .NET runtime, which come first, would each make an arena
 * of the heap for themselves, and those that parse would find them in use
 * instead of the first one. See Review.Clang/NativeHeap.cs.
 */
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>

static const long few_processors = 4;

__attribute__((constructor)) static void share_one_arena(void)
{
	if (sysconf(_SC_NPROCESSORS_ONLN) <= few_processors)
		mallopt(M_ARENA_MAX, 1);
}
#endif
