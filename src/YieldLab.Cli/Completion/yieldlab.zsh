#compdef yieldlab
# Completion of yieldlab for zsh. The program itself says what can stand here; where it has nothing to say, zsh completes
# the name of a file.
_yieldlab() {
  local line="${(j: :)words[2,CURRENT]}"
  local -a found
  found=(${(f)"$(${words[1]} "[suggest:${#line}]" "$line" 2> /dev/null)"})
  found=(${found:#/*}) # the names of options on Windows
  [[ $PREFIX == -* ]] || found=(${found:#-*})
  compadd -a found || _files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _yieldlab "$@"
else
  compdef _yieldlab yieldlab
fi
