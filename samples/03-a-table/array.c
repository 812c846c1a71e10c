/* And as an array; one of its answers is another one. */
enum lock { LOCK_WRITE, LOCK_READ, LOCK_NONE };

static const unsigned char locks[MADV_HWPOISON + 1] = {
	[MADV_WILLNEED] = LOCK_READ,
	[MADV_DONTNEED] = LOCK_READ,
	[MADV_COLD] = LOCK_READ,
	[MADV_COLLAPSE] = LOCK_READ,
	[MADV_HWPOISON] = LOCK_NONE,
};

enum lock needs_lock(int behavior)
{
	if (behavior < 0 || behavior > MADV_HWPOISON)
		return LOCK_WRITE;
	return locks[behavior];
}
